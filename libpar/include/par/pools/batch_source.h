// Pulls the items of a range in batches, and keeps what the range throws.
#pragma once

#include <cstddef>
#include <exception>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Not thread-safe. Does not move once next() was called: iterators refer to the source.
template <std::ranges::view Source>
class batch_source {
 public:
  using item_type = std::ranges::range_value_t<Source>;

  explicit batch_source(Source source) : source_(std::move(source)) {}

  [[nodiscard]] bool ended() const noexcept { return ended_; }

  // Up to `count` items; fewer only at the end, or where the source threw.
  std::vector<item_type> next(std::size_t count) noexcept {
    std::vector<item_type> items;
    try {
      while (!ended_ && items.size() < count) pull_into(items);
    } catch (...) {
      end(std::current_exception());
    }
    return items;
  }

  // Nothing more is pulled.
  void end(std::exception_ptr why) noexcept {
    ended_ = true;
    error_ = std::move(why);
  }

  // Throws, once, what the source ended with.
  void rethrow() {
    if (error_ != nullptr) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  // Leaves the source's iterator on the item pulled, so that an input range is not asked for an
  // item before there is room for it.
  void pull_into(std::vector<item_type>& items) {
    if (at_)
      ++*at_;
    else
      at_ = std::ranges::begin(source_);
    ended_ = *at_ == std::ranges::end(source_);
    if (!ended_) items.emplace_back(**at_);
  }

  Source source_;
  std::optional<std::ranges::iterator_t<Source>> at_;
  bool ended_ = false;
  std::exception_ptr error_;
};

}  // namespace par::inline PAR_ABI::detail
