// The lines that start in one range of a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "countips/input/source.h"

namespace countips {

// From `begin` up to, but not including, `end`, in bytes from the start of the file; begin < end.
struct byte_range {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

// Cuts a file at line ends without looking at anything but the range itself: a line belongs to the
// range in which it starts, wherever it ends. So ranges that cover a file give each of its lines
// once, and each can be read by a thread of its own. Keeps its buffer for the next range. Not
// thread-safe.
class range_reader {
 public:
  // The lines, valid until the next call. A last line that goes on for more than longest_line bytes
  // behind the range is cut off there. Fails if a byte of these lines cannot be read, with the
  // errno.
  [[nodiscard]] or_errno<std::string_view> read(source& from, byte_range range,
                                                std::size_t longest_line);

 private:
  [[nodiscard]] bool read_up_to(source& from, std::uint64_t first, std::size_t wanted);

  // The system copies faster if a byte stands in memory where it does in the file, modulo this.
  static constexpr std::size_t alignment = 64;
  struct alignas(alignment) piece {
    std::array<char, alignment> bytes;
  };

  [[nodiscard]] std::span<char> room(std::size_t size);

  std::vector<piece> buffer_;
  std::size_t lead_ = 0;  // Where the text begins in it,
  std::size_t size_ = 0;  // and how much of that there is.
  int error_ = 0;         // Why it is not filled further, or 0.
};

}  // namespace countips
