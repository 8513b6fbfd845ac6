// Random operations on each queue and on an obvious one, compared step by step.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <random>
#include <stdexcept>
#include <stop_token>
#include <string>

#include "libpar/queues/queues.h"

namespace {

using namespace std::chrono_literals;
using par::queue_errc;

enum class order { oldest, newest, smallest };

// What the queues promise, in as few words as possible; nobody ever waits.
struct obvious_queue {
  order out;
  std::size_t capacity;
  std::deque<int> items = {};
  bool closed = false;
  std::size_t undone = 0;

  std::optional<queue_errc> put(int item, queue_errc when_full) {
    if (closed) return queue_errc::closed;
    if (items.size() >= capacity) return when_full;
    items.push_back(item);
    ++undone;
    return std::nullopt;
  }

  par::expected<int, queue_errc> get(queue_errc when_empty) {
    if (items.empty()) {
      return par::unexpected<queue_errc>(closed ? queue_errc::closed : when_empty);
    }
    auto next = items.begin();
    if (out == order::newest) next = items.end() - 1;
    if (out == order::smallest) next = std::min_element(items.begin(), items.end());
    const int item = *next;
    items.erase(next);
    return item;
  }

  void close(par::close_mode mode) {
    closed = true;
    if (mode == par::close_mode::drain) return;
    undone -= std::min(undone, items.size());
    items.clear();
  }

  bool task_done() {
    if (undone == 0) return false;
    --undone;
    return true;
  }
};

template <class Queue>
constexpr order order_of = order::smallest;
template <class T>
constexpr order order_of<par::queue<T>> = order::oldest;
template <class T>
constexpr order order_of<par::lifo_queue<T>> = order::newest;

template <class Queue>
class comparison {
 public:
  comparison(unsigned seed, std::size_t capacity)
      : random_(seed), queue_(capacity), model_{order_of<Queue>, capacity} {
    stop_.request_stop();
  }

  void step() {
    switch (below(24)) {
      case 0:
        return task_done();
      case 1:
        return join();
      case 2:
        return set_capacity();
      case 3:
        return below(20) == 0 ? close() : task_done();
      default:
        below(100) < puts_in_hundred_ ? put() : get();
    }
    if (below(50) == 0) puts_in_hundred_ = 20 + below(60);  // Now fuller, now emptier.
  }

  void compare() {
    ASSERT_EQ(queue_.size(), model_.items.size());
    ASSERT_EQ(queue_.empty(), model_.items.empty());
    ASSERT_EQ(queue_.full(), model_.items.size() >= model_.capacity);
    ASSERT_EQ(queue_.closed(), model_.closed);
    ASSERT_EQ(queue_.capacity(), model_.capacity);
  }

 private:
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  void put() {
    int item = static_cast<int>(below(1000));
    switch (below(4)) {
      case 0:
        return expect_put(queue_.try_put(std::move(item)), item, queue_errc::full);
      case 1:
        return expect_put(queue_.put_for(std::move(item), 0s), item, queue_errc::timeout);
      case 2:
        return expect_put(queue_.put(std::move(item), stop_.get_token()), item,
                          queue_errc::stopped);
      default:
        if (!model_.closed && model_.items.size() >= model_.capacity) return;  // Would wait.
        try {
          queue_.put(item);
          expect_put({}, item, queue_errc::full);
        } catch (const par::queue_closed&) {
          expect_put(par::unexpected<queue_errc>(queue_errc::closed), item, queue_errc::full);
        }
    }
  }

  void expect_put(const par::expected<void, queue_errc>& put, int item, queue_errc when_full) {
    const std::optional<queue_errc> want = model_.put(item, when_full);
    ASSERT_EQ(put.has_value(), !want.has_value());
    if (want) {
      ASSERT_EQ(put.error(), *want);
    }
  }

  void get() {
    switch (below(4)) {
      case 0:
        return expect_get(queue_.try_get(), queue_errc::empty);
      case 1:
        return expect_get(queue_.get_for(0s), queue_errc::timeout);
      case 2:
        return expect_get(queue_.get(stop_.get_token()), queue_errc::stopped);
      default:
        if (!model_.closed && model_.items.empty()) return;  // Would wait.
        try {
          expect_get(queue_.get(), queue_errc::empty);
        } catch (const par::queue_closed&) {
          expect_get(par::unexpected<queue_errc>(queue_errc::closed), queue_errc::empty);
        }
    }
  }

  void expect_get(const par::expected<int, queue_errc>& got, queue_errc when_empty) {
    ASSERT_EQ(got, model_.get(when_empty));
  }

  void task_done() {
    bool done = true;
    try {
      queue_.task_done();
    } catch (const std::logic_error&) {
      done = false;
    }
    ASSERT_EQ(done, model_.task_done());
  }

  void join() { ASSERT_EQ(queue_.try_join().has_value(), model_.undone == 0); }

  void close() {
    const auto mode = below(2) == 0 ? par::close_mode::drain : par::close_mode::immediate;
    queue_.close(mode);
    model_.close(mode);
  }

  void set_capacity() {
    if constexpr (order_of<Queue> != order::oldest) {
      model_.capacity = below(10) == 0 ? Queue::unbounded : 1 + below(8);
      queue_.set_capacity(model_.capacity);
    }
  }

  std::mt19937 random_;
  std::stop_source stop_;
  unsigned puts_in_hundred_ = 50;
  Queue queue_;
  obvious_queue model_;
};

template <class Queue>
struct queue_differential : testing::Test {};
TYPED_TEST_SUITE(queue_differential, every_queue<int>::types, queue_names);

TYPED_TEST(queue_differential, does_what_the_obvious_queue_does) {
  for (const std::size_t capacity :
       {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{8}, TypeParam::unbounded}) {
    for (unsigned seed = 0; seed < 40; ++seed) {
      SCOPED_TRACE("capacity " + std::to_string(capacity) + ", seed " + std::to_string(seed));
      comparison<TypeParam> both(seed, capacity);
      for (int i = 0; i < 500 && !this->HasFatalFailure(); ++i) {
        both.step();
        both.compare();
      }
      if (this->HasFatalFailure()) return;
    }
  }
}

}  // namespace
