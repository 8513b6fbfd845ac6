// An open file that is still written to, or a pipe, taken line by line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "countips/input/failure.h"
#include "countips/input/source.h"
#include "par/base/expected.h"

namespace countips {

// Not thread-safe.
class growing_file {
 public:
  // Lines longer than longest_line lose what is behind that.
  growing_file(std::unique_ptr<source> from, const file_info& info, std::size_t longest_line)
      : from_(std::move(from)),
        is_regular_(info.is == file_info::kind::regular),
        longest_line_(longest_line) {}

  // Whole lines that have come since the last call, some of them; nothing if there are none yet.
  // They are valid until the next call. A file that has become shorter begins anew, and the line
  // that had no end by then is whole. After a failure the file has ended.
  [[nodiscard]] par::expected<std::string_view, failure> next();

  // The line that has no end so far. Nothing is left of it here.
  [[nodiscard]] std::string_view take_rest();

  // A pipe that nobody will write to, or a file that failed. Others go on for ever.
  [[nodiscard]] bool ended() const { return ended_; }

  [[nodiscard]] bool is_regular() const { return is_regular_; }

 private:
  [[nodiscard]] or_errno<bool> has_become_shorter();
  [[nodiscard]] or_errno<std::size_t> read_more();
  void drop_hole();
  [[nodiscard]] std::string_view take_lines();

  const std::unique_ptr<source> from_;
  const bool is_regular_;
  const std::size_t longest_line_;
  std::vector<char> buffer_;
  std::uint64_t offset_ = 0;  // In the file.
  std::size_t taken_ = 0;     // Of the buffer: lines given out by the last call.
  std::size_t filled_ = 0;
  bool ended_ = false;
};

}  // namespace countips
