// What queue, lifo_queue and priority_queue have in common: every form of put, get, join and close.
#pragma once

#include <chrono>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "par/base/deadline.h"
#include "par/base/expected.h"
#include "par/queues/patience.h"
#include "par/queues/queue_consumer.h"
#include "par/queues/queue_errc.h"
#include "par/queues/task_ledger.h"

namespace par::inline PAR_ABI {

// Thread-safe, any number of producers and consumers. An item given to a put that fails is left as
// it was, so nothing is lost. T must be movable without throwing. Destroying a queue that somebody
// still uses is undefined. Waiting threads sleep after a few microseconds.
//
// What fails "at once" or at a given time may first wait for another thread that is in the middle
// of moving one item.
template <class Items>
class basic_queue {
 public:
  using value_type = typename Items::value_type;
  static_assert(std::is_nothrow_move_constructible_v<value_type>);

  static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

  // Capacity in items, at least 1; 0 throws std::invalid_argument. A priority_queue takes its order
  // as a second argument.
  template <class... OrderArguments>
  explicit basic_queue(std::size_t capacity = unbounded, OrderArguments... order)
      : items_(at_least_one(capacity), std::move(order)...) {}

  basic_queue(const basic_queue&) = delete;
  basic_queue& operator=(const basic_queue&) = delete;

  // Waits for room. Throws queue_closed.
  void put(value_type item) {
    if (!items_.put(std::move(item), detail::patience::endlessly())) throw queue_closed();
  }

  // Fails as full or closed, at once.
  expected<void, queue_errc> try_put(value_type&& item) {
    return items_.put(std::move(item), detail::patience::none());
  }

  // Fail as closed or timeout.
  template <class Rep, class Period>
  expected<void, queue_errc> put_for(value_type&& item, std::chrono::duration<Rep, Period> span) {
    return items_.put(std::move(item), detail::patience::limited(deadline::in(span)));
  }
  template <class Clock, class Duration>
  expected<void, queue_errc> put_until(value_type&& item,
                                       std::chrono::time_point<Clock, Duration> time) {
    return items_.put(std::move(item), detail::patience::limited(deadline::at(time)));
  }

  // Fails as closed or stopped.
  expected<void, queue_errc> put(value_type&& item, const std::stop_token& stop) {
    return items_.put(std::move(item), detail::patience::stoppable(stop));
  }

  // Waits for an item. Throws queue_closed when the queue is closed and nothing is left.
  [[nodiscard]] value_type get() {
    expected<value_type, queue_errc> item = items_.get(detail::patience::endlessly());
    if (!item) throw queue_closed();
    return std::move(*item);
  }

  // Fails as empty or closed, at once.
  [[nodiscard]] expected<value_type, queue_errc> try_get() {
    return items_.get(detail::patience::none());
  }

  // Fail as closed or timeout.
  template <class Rep, class Period>
  [[nodiscard]] expected<value_type, queue_errc> get_for(std::chrono::duration<Rep, Period> span) {
    return items_.get(detail::patience::limited(deadline::in(span)));
  }
  template <class Clock, class Duration>
  [[nodiscard]] expected<value_type, queue_errc> get_until(
      std::chrono::time_point<Clock, Duration> time) {
    return items_.get(detail::patience::limited(deadline::at(time)));
  }

  // Fails as closed or stopped.
  [[nodiscard]] expected<value_type, queue_errc> get(const std::stop_token& stop) {
    return items_.get(detail::patience::stoppable(stop));
  }

  // Says that an item taken earlier has been dealt with. Throws std::logic_error if called more
  // often than items were put. Costs nothing where it is not used.
  void task_done() { ledger_.mark_one(puts()); }

  // Waits until every item that was put has been marked by task_done or dropped by close; so it
  // waits for good if somebody takes items without marking them.
  void join() { static_cast<void>(join(detail::patience::endlessly())); }

  // Fails as timeout, at once.
  expected<void, queue_errc> try_join() { return join(detail::patience::none()); }

  // Fail as timeout.
  template <class Rep, class Period>
  expected<void, queue_errc> join_for(std::chrono::duration<Rep, Period> span) {
    return join(detail::patience::limited(deadline::in(span)));
  }
  template <class Clock, class Duration>
  expected<void, queue_errc> join_until(std::chrono::time_point<Clock, Duration> time) {
    return join(detail::patience::limited(deadline::at(time)));
  }

  // Fails as stopped.
  expected<void, queue_errc> join(const std::stop_token& stop) {
    return join(detail::patience::stoppable(stop));
  }

  // From now on every put fails; gets fail too once nothing is left. Wakes all who wait. Closing
  // again does nothing, except that `immediate` drops what a draining queue still held.
  void close(close_mode mode = close_mode::drain) {
    items_.close();
    if (mode == close_mode::immediate) ledger_.mark(puts(), items_.drop_all());
    ledger_.look_again();
  }

  // A snapshot each: true when looked at, perhaps not any more when used.
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool full() const { return size() >= capacity(); }
  [[nodiscard]] bool closed() const { return items_.closed(); }
  [[nodiscard]] std::size_t capacity() const noexcept { return items_.capacity(); }

  // At least 1; 0 throws std::invalid_argument. If less than the size, nothing is dropped: puts
  // wait until enough was taken. Not for the first-in first-out queue.
  void set_capacity(std::size_t capacity)
    requires requires(Items items) { items.set_capacity(capacity); }
  {
    items_.set_capacity(at_least_one(capacity));
  }

  // The items as an input range that ends when the queue is closed and empty, or when a stop is
  // requested. Several consumers share the items out among them.
  [[nodiscard]] queue_consumer<basic_queue> consume(std::stop_token stop = {}) {
    return queue_consumer<basic_queue>(*this, std::move(stop));
  }

 private:
  static std::size_t at_least_one(std::size_t capacity) {
    if (capacity == 0) throw std::invalid_argument("queue: capacity 0");
    return capacity;
  }

  auto puts() const {
    return [this] { return items_.puts(); };
  }
  expected<void, queue_errc> join(const detail::patience& limits) {
    if (const auto why = ledger_.wait_for_all(puts(), limits)) return unexpected<queue_errc>(*why);
    return {};
  }

  Items items_;
  detail::task_ledger ledger_;
};

}  // namespace par::inline PAR_ABI
