// A queue of any order behind one lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "par/base/expected.h"
#include "par/base/sync.h"
#include "par/base/thread_safety.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/queues/gate.h"
#include "par/queues/patience.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI::detail {

// What changes is written under the lock, and in sequentially consistent read-modify-writes as the
// gates ask for it; those who wait read it without the lock.
template <class Order>
class locked_items {
 public:
  using value_type = typename Order::value_type;

  // What follows the capacity is given to the order.
  template <class... OrderArguments>
  explicit locked_items(std::size_t capacity, OrderArguments... order)
      : items_(std::move(order)...), capacity_(capacity) {}

  expected<void, queue_errc> put(value_type&& item, const patience& limits) {
    gate::watch room(putters_, [this] { return has_room(); });
    for (std::optional<queue_errc> failed = push(item); failed; failed = push(item)) {
      if (*failed == queue_errc::full && limits.waits) {
        failed = room.wait(limits);
        if (!failed) continue;
      }
      return unexpected<queue_errc>(*failed);
    }
    getters_.notify_if([this] { return has_item(); });
    return {};
  }

  expected<value_type, queue_errc> get(const patience& limits) {
    gate::watch items(getters_, [this] { return has_item(); });
    for (;;) {
      expected<value_type, queue_errc> item = pop();
      if (item) {
        putters_.notify_if([this] { return has_room(); });
        return item;
      }
      if (item.error() == queue_errc::closed || !limits.waits) return item;
      if (const auto why = items.wait(limits)) {
        return unexpected<queue_errc>(*why);
      }
    }
  }

  void close() {
    {
      const lock_guard lock(guard_);
      closed_.exchange(1);
    }
    putters_.notify_all();
    getters_.notify_all();
  }

  // Returns how many. REQUIRES: closed.
  std::size_t drop_all() {
    std::size_t dropped = 0;
    while (get(patience::none())) ++dropped;
    return dropped;
  }

  void set_capacity(std::size_t capacity) {
    {
      const lock_guard lock(guard_);
      capacity_.exchange(capacity);
    }
    putters_.notify_all();
  }

  [[nodiscard]] bool closed() const noexcept { return closed_.load() != 0; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_.load(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_.load(); }

  // How many items were ever put.
  [[nodiscard]] std::uint64_t puts() const noexcept { return puts_.load(); }

 private:
  // Nothing if it was done; otherwise full or closed.
  std::optional<queue_errc> push(value_type& item) {
    const lock_guard lock(guard_);
    if (closed()) return queue_errc::closed;
    if (!has_room()) return queue_errc::full;
    items_.push(std::move(item));
    // Relaxed: written under the lock only; no gate waits for it to grow.
    puts_.store(puts_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    size_.fetch_add(1);
    return std::nullopt;
  }

  // Fails as empty or closed.
  expected<value_type, queue_errc> pop() {
    const lock_guard lock(guard_);
    if (items_.size() == 0) {
      return unexpected<queue_errc>(closed() ? queue_errc::closed : queue_errc::empty);
    }
    expected<value_type, queue_errc> item(items_.pop());
    size_.fetch_add(static_cast<std::size_t>(-1));
    return item;
  }

  [[nodiscard]] bool has_room() const noexcept { return closed() || size() < capacity(); }
  [[nodiscard]] bool has_item() const noexcept { return closed() || size() > 0; }

  mutex guard_;
  Order items_ PAR_GUARDED_BY(guard_);
  atomic<std::size_t> size_{0};  // Of items_.
  atomic<std::uint64_t> puts_{0};
  atomic<std::size_t> capacity_;
  atomic<std::uint32_t> closed_{0};  // 0 or 1.
  gate putters_;
  gate getters_;
};

}  // namespace par::inline PAR_ABI::detail
