// The pieces of a file that several processes count.
#pragma once

#include <cstddef>
#include <span>

#include "countips/counting/file_pieces.h"
#include "par/processes/shared_memory.h"

namespace countips {

// A handle, as par::shared_memory is; one made by default has no pieces. Thread-safe.
class shared_pieces {
 public:
  shared_pieces() = default;
  // At least one taker. Throws std::system_error.
  shared_pieces(const file_pieces& pieces, std::size_t takers);

  explicit operator bool() const noexcept { return static_cast<bool>(memory_); }

  // REQUIRES that there is a taker of that number.
  [[nodiscard]] piece_taker taker(std::size_t number) const noexcept;

  void save(par::parcel_writer& to) const;
  void load(par::parcel_reader& from);

 private:
  [[nodiscard]] std::span<piece_queue::region> regions() const noexcept;

  file_pieces pieces_;
  par::shared_memory memory_;
};

}  // namespace countips
