// First in, first out: a ring if bounded, a list behind a lock if not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

#include "par/base/expected.h"
#include "par/queues/item_orders.h"
#include "par/queues/locked_items.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"
#include "par/queues/ring.h"

namespace par::inline PAR_ABI::detail {

template <class T>
class fifo_items {
 public:
  using value_type = T;

  explicit fifo_items(std::size_t capacity) {
    if (capacity == std::numeric_limits<std::size_t>::max()) {
      items_.template emplace<locked_items<oldest_first<T>>>(capacity);
    } else {
      items_.template emplace<ring<T>>(capacity);
    }
  }

  expected<void, queue_errc> put(T&& item, const patience& limits) {
    return visit([&](auto& items) { return items.put(std::move(item), limits); });
  }
  expected<T, queue_errc> get(const patience& limits) {
    return visit([&](auto& items) { return items.get(limits); });
  }
  void close() {
    visit([](auto& items) { items.close(); });
  }
  std::size_t drop_all() {
    return visit([](auto& items) { return items.drop_all(); });
  }

  [[nodiscard]] bool closed() const noexcept {
    return visit([](const auto& items) { return items.closed(); });
  }
  [[nodiscard]] std::size_t capacity() const noexcept {
    return visit([](const auto& items) { return items.capacity(); });
  }
  [[nodiscard]] std::size_t size() const {
    return visit([](const auto& items) { return items.size(); });
  }
  [[nodiscard]] std::uint64_t puts() const {
    return visit([](const auto& items) { return items.puts(); });
  }

 private:
  // As std::visit, but a branch, and never without a value.
  template <class F>
  auto visit(F f) {
    if (auto* const bounded = std::get_if<ring<T>>(&items_)) return f(*bounded);
    return f(*std::get_if<locked_items<oldest_first<T>>>(&items_));
  }
  template <class F>
  auto visit(F f) const {
    if (const auto* const bounded = std::get_if<ring<T>>(&items_)) return f(*bounded);
    return f(*std::get_if<locked_items<oldest_first<T>>>(&items_));
  }

  std::variant<std::monostate, ring<T>, locked_items<oldest_first<T>>> items_;
};

}  // namespace par::inline PAR_ABI::detail
