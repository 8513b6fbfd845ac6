// A queue in a manager's process, joinable.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <stop_token>
#include <utility>

#include "par/base/expected.h"
#include "par/processes/manager/proxy.h"
#include "par/queues/queue_errc.h"

namespace par::inline PAR_ABI {

// NOLINTBEGIN(modernize-use-nodiscard): const handles, but things happen behind them.

// Handle of a queue, see manager.h. Operations and their contracts are par::queue's. An item whose
// taker dies before it was sent to him goes back to the front; one that dies later takes it along.
template <class T>
class managed_queue : public detail::proxy {
 public:
  using value_type = T;
  using detail::proxy::proxy;

  static constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

  // Waits for room. Throws queue_closed.
  void put(const T& item) const {
    if (!put_until(item, deadline::never())) throw queue_closed();
  }
  expected<void, queue_errc> try_put(const T& item) const { return put_until(item, at_once()); }
  expected<void, queue_errc> put(const T& item, const std::stop_token& stop) const {
    return put_until(item, deadline::never(), stop);
  }
  template <class Rep, class Period>
  expected<void, queue_errc> put_for(const T& item, std::chrono::duration<Rep, Period> span,
                                     const std::stop_token& stop = {}) const {
    return put_until(item, deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  expected<void, queue_errc> put_until(const T& item, std::chrono::time_point<Clock, Duration> time,
                                       const std::stop_token& stop = {}) const {
    return put_until(item, deadline::at(time), stop);
  }
  expected<void, queue_errc> put_until(const T& item, deadline until,
                                       const std::stop_token& stop = {}) const {
    return told(
        call_until<detail::outcome>(detail::operation::put, until, stop, detail::pack(item)));
  }

  // Waits for an item. Throws queue_closed when the queue is closed and nothing is left.
  [[nodiscard]] T get() const {
    auto item = get_until(deadline::never());
    if (!item) throw queue_closed();
    return std::move(*item);
  }
  [[nodiscard]] expected<T, queue_errc> try_get() const { return get_until(at_once()); }
  [[nodiscard]] expected<T, queue_errc> get(const std::stop_token& stop) const {
    return get_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  [[nodiscard]] expected<T, queue_errc> get_for(std::chrono::duration<Rep, Period> span,
                                                const std::stop_token& stop = {}) const {
    return get_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] expected<T, queue_errc> get_until(std::chrono::time_point<Clock, Duration> time,
                                                  const std::stop_token& stop = {}) const {
    return get_until(deadline::at(time), stop);
  }
  [[nodiscard]] expected<T, queue_errc> get_until(deadline until,
                                                  const std::stop_token& stop = {}) const {
    auto [how, item] =
        call_until<std::pair<detail::outcome, detail::packed>>(detail::operation::get, until, stop);
    if (auto done = told(how); !done) return unexpected<queue_errc>(done.error());
    return detail::unpack<T>(std::move(item));
  }

  // Throws std::logic_error if called more often than items were put.
  void task_done() const { call(detail::operation::task_done); }

  // Waits until every item that was put has been marked by task_done or dropped by close.
  void join() const { static_cast<void>(join_until(deadline::never())); }
  expected<void, queue_errc> join(const std::stop_token& stop) const {
    return join_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  expected<void, queue_errc> join_for(std::chrono::duration<Rep, Period> span,
                                      const std::stop_token& stop = {}) const {
    return join_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  expected<void, queue_errc> join_until(std::chrono::time_point<Clock, Duration> time,
                                        const std::stop_token& stop = {}) const {
    return join_until(deadline::at(time), stop);
  }
  expected<void, queue_errc> join_until(deadline until, const std::stop_token& stop = {}) const {
    return told(call_until<detail::outcome>(detail::operation::join, until, stop));
  }

  void close(close_mode mode = close_mode::drain) const {
    call(detail::operation::close, static_cast<std::uint8_t>(mode));
  }

  [[nodiscard]] std::size_t size() const { return call<std::uint64_t>(detail::operation::size); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool full() const { return size() >= capacity(); }
  [[nodiscard]] bool closed() const { return call<bool>(detail::operation::is_closed); }
  [[nodiscard]] std::uint64_t capacity() const {
    return call<std::uint64_t>(detail::operation::capacity);
  }

 private:
  static deadline at_once() { return deadline::in(std::chrono::seconds(0)); }

  static expected<void, queue_errc> told(detail::outcome how) {
    switch (how) {
      case detail::outcome::done:
        return {};
      case detail::outcome::empty:
        return unexpected<queue_errc>(queue_errc::empty);
      case detail::outcome::full:
        return unexpected<queue_errc>(queue_errc::full);
      case detail::outcome::stopped:
        return unexpected<queue_errc>(queue_errc::stopped);
      case detail::outcome::closed:
        return unexpected<queue_errc>(queue_errc::closed);
      default:
        return unexpected<queue_errc>(queue_errc::timeout);
    }
  }
};
// NOLINTEND(modernize-use-nodiscard)

}  // namespace par::inline PAR_ABI
