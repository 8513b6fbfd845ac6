// A first-in first-out queue between threads, bounded or not, that can be closed and consumed as a
// range.
//
//   par::queue<std::string> lines(1024);
//   par::thread reader("reader", [&] {
//     for (std::string& line : lines.consume()) work(line);   // ends once closed and empty
//   });
//   lines.put("x");
//   lines.close();
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <iterator>
#include <limits>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <utility>

#include "par/base/deadline.h"
#include "par/base/expected.h"
#include "par/base/pull_iterator.h"
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI {

// Why a put or get did not happen.
enum class queue_errc { empty, full, closed, timeout, stopped };

// Thrown by the plain forms of put and get.
class queue_closed : public std::runtime_error {
 public:
  queue_closed() : std::runtime_error("queue is closed") {}
};

enum class close_mode {
  drain,      // What is inside may still be taken.
  immediate,  // What is inside is dropped.
};

// Thread-safe, any number of producers and consumers; the items of one producer keep their order.
// An item given to a put that fails is left as it was, so nothing is lost. T must be movable
// without throwing. Destroying a queue that somebody still uses is undefined.
template <class T>
class queue {
 public:
  static constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

  // Capacity in items, at least 1; 0 throws std::invalid_argument.
  explicit queue(std::size_t capacity = unbounded) : capacity_(capacity) {
    if (capacity == 0) throw std::invalid_argument("queue: capacity 0");
  }

  queue(const queue&) = delete;
  queue& operator=(const queue&) = delete;

  // Waits for room. Throws queue_closed.
  void put(T item) {
    if (!put_when(std::move(item), wait_forever)) throw queue_closed();
  }

  // Fails as full or closed, at once.
  expected<void, queue_errc> try_put(T&& item) {
    return put_when(std::move(item), [](auto&, auto&, auto) { return queue_errc::full; });
  }

  // Fail as closed or timeout.
  template <class Rep, class Period>
  expected<void, queue_errc> put_for(T&& item, std::chrono::duration<Rep, Period> span) {
    return put_when(std::move(item), wait_until(deadline::in(span)));
  }
  template <class Clock, class Duration>
  expected<void, queue_errc> put_until(T&& item, std::chrono::time_point<Clock, Duration> time) {
    return put_when(std::move(item), wait_until(deadline::at(time)));
  }

  // Fails as closed or stopped.
  expected<void, queue_errc> put(T&& item, const std::stop_token& stop) {
    return put_when(std::move(item), wait_stoppable(stop));
  }

  // Waits for an item. Throws queue_closed when the queue is closed and nothing is left.
  [[nodiscard]] T get() {
    expected<T, queue_errc> item = get_when(wait_forever);
    if (!item) throw queue_closed();
    return std::move(*item);
  }

  // Fails as empty or closed, at once.
  [[nodiscard]] expected<T, queue_errc> try_get() {
    return get_when([](auto&, auto&, auto) { return queue_errc::empty; });
  }

  // Fail as closed or timeout.
  template <class Rep, class Period>
  [[nodiscard]] expected<T, queue_errc> get_for(std::chrono::duration<Rep, Period> span) {
    return get_when(wait_until(deadline::in(span)));
  }
  template <class Clock, class Duration>
  [[nodiscard]] expected<T, queue_errc> get_until(std::chrono::time_point<Clock, Duration> time) {
    return get_when(wait_until(deadline::at(time)));
  }

  // Fails as closed or stopped.
  [[nodiscard]] expected<T, queue_errc> get(const std::stop_token& stop) {
    return get_when(wait_stoppable(stop));
  }

  // From now on every put fails; gets fail too once nothing is left. Wakes all who wait. Closing
  // again does nothing, except that `immediate` drops what a draining queue still held.
  void close(close_mode mode = close_mode::drain) {
    std::deque<T> dropped;  // Destroyed after the lock is given back.
    {
      const lock_guard lock(guard_);
      closed_ = true;
      if (mode == close_mode::immediate) dropped.swap(items_);
    }
    not_empty_.notify_all();
    not_full_.notify_all();
  }

  // A snapshot each: true when looked at, perhaps not any more when used.
  [[nodiscard]] std::size_t size() const {
    const lock_guard lock(guard_);
    return items_.size();
  }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] bool full() const { return size() >= capacity_; }
  [[nodiscard]] bool closed() const {
    const lock_guard lock(guard_);
    return closed_;
  }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }

  class consumer;

  // The items as an input range that ends when the queue is closed and empty, or when a stop is
  // requested. Several consumers share the items out among them.
  [[nodiscard]] consumer consume(std::stop_token stop = {}) {
    return consumer(*this, std::move(stop));
  }

 private:
  using lock_type = unique_lock<mutex>;

  // A wait waits on `changed` until `ready` holds, or says why it gave up.
  using wait_result = std::optional<queue_errc>;

  static constexpr auto wait_forever = [](condition_variable& changed, lock_type& lock,
                                          auto ready) -> wait_result {
    changed.wait(lock, ready);
    return std::nullopt;
  };

  static auto wait_until(deadline until) {
    return [until](condition_variable& changed, lock_type& lock, auto ready) -> wait_result {
      if (changed.wait_until(lock, until, ready)) return std::nullopt;
      return queue_errc::timeout;
    };
  }

  static auto wait_stoppable(const std::stop_token& stop) {
    return [&stop](condition_variable& changed, lock_type& lock, auto ready) -> wait_result {
      if (changed.wait(lock, stop, ready)) return std::nullopt;
      return queue_errc::stopped;
    };
  }

  template <class Wait>
  expected<void, queue_errc> put_when(T&& item, Wait wait) {
    {
      lock_type lock(guard_);
      // The analysis does not look into lambdas, and cannot know that wait calls this with the
      // lock held.
      const auto ready = [this]() PAR_NO_THREAD_SAFETY_ANALYSIS {
        return closed_ || items_.size() < capacity_;
      };
      if (!ready()) {
        if (const wait_result gave_up = wait(not_full_, lock, ready)) {
          return unexpected<queue_errc>(*gave_up);
        }
      }
      if (closed_) return unexpected<queue_errc>(queue_errc::closed);
      items_.push_back(std::move(item));
    }
    not_empty_.notify_one();
    return {};
  }

  template <class Wait>
  expected<T, queue_errc> get_when(Wait wait) {
    lock_type lock(guard_);
    const auto ready = [this]()
                           PAR_NO_THREAD_SAFETY_ANALYSIS { return closed_ || !items_.empty(); };
    if (!ready()) {
      if (const wait_result gave_up = wait(not_empty_, lock, ready)) {
        return unexpected<queue_errc>(*gave_up);
      }
    }
    if (items_.empty()) return unexpected<queue_errc>(queue_errc::closed);
    expected<T, queue_errc> item(std::move(items_.front()));
    items_.pop_front();
    lock.unlock();
    not_full_.notify_one();
    return item;
  }

  const std::size_t capacity_;
  mutable mutex guard_;
  condition_variable not_empty_;
  condition_variable not_full_;
  std::deque<T> items_ PAR_GUARDED_BY(guard_);
  bool closed_ PAR_GUARDED_BY(guard_) = false;
};

// What consume() returns. One thread uses one consumer; the queue must outlive it.
template <class T>
class queue<T>::consumer {
 public:
  using iterator = detail::pull_iterator<consumer, T>;

  // Takes the first item; call it once.
  [[nodiscard]] iterator begin() {
    advance();
    return iterator(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend queue;
  friend iterator;
  consumer(queue& from, std::stop_token stop) : from_(from), stop_(std::move(stop)) {}

  void advance() {
    current_.reset();
    if (expected<T, queue_errc> item = from_.get(stop_)) current_.emplace(std::move(*item));
  }

  queue& from_;
  std::stop_token stop_;
  std::optional<T> current_;
};

}  // namespace par::inline PAR_ABI
