// A file that several processes count together.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "countips/counting/file_pieces.h"
#include "par/processes/descriptor.h"
#include "par/processes/shared_memory.h"

namespace countips {

// A handle, as par::shared_memory is; one made by default has no pieces. Thread-safe.
class shared_pieces {
 public:
  shared_pieces() = default;
  // Of the file that the path names by now, whatever becomes of the name: all must count the same.
  // At least one taker. Throws std::system_error.
  shared_pieces(const std::string& path, const file_pieces& pieces, std::size_t takers);

  explicit operator bool() const noexcept { return static_cast<bool>(memory_); }

  // REQUIRES that there is a taker of that number.
  [[nodiscard]] piece_taker taker(std::size_t number) const noexcept;

  // What to open instead of the path, in this process; empty if the path named nothing.
  [[nodiscard]] std::string path() const;

  void save(par::parcel_writer& to) const;
  void load(par::parcel_reader& from);  // Throws par::codec_error if the memory has no regions.

 private:
  [[nodiscard]] std::span<piece_queue::region> regions() const noexcept;

  file_pieces pieces_;
  par::shared_memory memory_;
  std::shared_ptr<const par::descriptor> file_;
};

}  // namespace countips
