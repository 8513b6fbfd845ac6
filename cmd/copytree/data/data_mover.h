// Moves data from one open file to another, at their positions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "copytree/data/copy_data.h"

namespace copytree {

using amount = par::expected<std::uint64_t, data_error>;

inline par::unexpected<data_error> failure(operation what, std::errc reason) {
  return par::unexpected<data_error>({.what = what, .reason = reason});
}

// A buffer of the calling thread's own: one of each task would fault its pages in each time.
[[nodiscard]] std::span<std::byte> thread_buffer();

// For one file, from beginning to end.
class data_mover {
 public:
  // `zero_holes`: blocks of zeros are passed over in the destination. `sum` may be null; with it,
  // everything is read.
  data_mover(const data_rules& rules, copy_methods& methods, int from, int to, bool zero_holes,
             checksummer* sum);

  // Moves at most `limit` bytes, up to the end of the source; `expected` is where that probably
  // is. Returns how many.
  amount move(std::uint64_t limit, std::uint64_t expected);

  // To be called once at the end, when so many bytes lie before the end of the destination:
  // writing may have ended in a hole.
  std::optional<data_error> finish(std::uint64_t size);

  [[nodiscard]] const transfer& how() const { return how_; }

 private:
  [[nodiscard]] bool by_kernel() const;
  amount by_range(std::uint64_t limit);
  amount by_buffer(std::uint64_t limit, std::uint64_t expected);
  std::optional<data_error> put(std::span<const std::byte> data);
  std::optional<data_error> put_around_zeros(std::span<const std::byte> data);
  std::optional<data_error> write_all(std::span<const std::byte> data);
  bool pass_over(std::size_t length);
  [[nodiscard]] std::size_t piece(std::size_t wanted) const;
  void moved(std::uint64_t bytes);
  [[nodiscard]] bool stopped() const { return rules_.stop.load(std::memory_order_relaxed); }

  const data_rules& rules_;
  copy_methods& methods_;
  const int from_;
  const int to_;
  bool zero_holes_;
  bool ends_in_hole_ = false;
  checksummer* const sum_;
  transfer how_;
};

}  // namespace copytree
