// Every form of put, get, join and close of the queues between processes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "libpar/processes/ipc/asleep.h"
#include "libpar/sanitized.h"
#include "par/pools/thread.h"
#include "par/processes/ipc/joinable_queue.h"
#include "par/processes/process.h"

namespace par {
namespace {

using namespace std::chrono_literals;
using queue = ipc::joinable_queue<int>;

// A form of put, get or join that can give up, and as what it does.
struct form {
  const char* name;
  queue_errc gives_up_as;
  std::function<expected<void, queue_errc>(queue&, int)> put;
  std::function<expected<int, queue_errc>(queue&)> get;
  std::function<expected<void, queue_errc>(queue&)> join;
};

std::stop_token stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

constexpr auto briefly = 2ms;

std::vector<form> forms_that_fail(queue_errc when_try) {
  using clock = std::chrono::steady_clock;
  using wall = std::chrono::system_clock;
  return {
      {"try", when_try, [](queue& q, int i) { return q.try_put(i); },
       [](queue& q) { return q.try_get(); }, [](queue& q) { return q.try_join(); }},
      {"for", queue_errc::timeout, [](queue& q, int i) { return q.put_for(i, briefly); },
       [](queue& q) { return q.get_for(briefly); }, [](queue& q) { return q.join_for(briefly); }},
      {"for a negative time", queue_errc::timeout,
       [](queue& q, int i) { return q.put_for(i, -1s); }, [](queue& q) { return q.get_for(-1s); },
       [](queue& q) { return q.join_for(-1s); }},
      {"until", queue_errc::timeout,
       [](queue& q, int i) { return q.put_until(i, clock::now() + briefly); },
       [](queue& q) { return q.get_until(clock::now() + briefly); },
       [](queue& q) { return q.join_until(clock::now() + briefly); }},
      {"until, wall clock", queue_errc::timeout,
       [](queue& q, int i) { return q.put_until(i, wall::now() + briefly); },
       [](queue& q) { return q.get_until(wall::now() + briefly); },
       [](queue& q) { return q.join_until(wall::now() + briefly); }},
      {"stopped", queue_errc::stopped, [](queue& q, int i) { return q.put(i, stopped()); },
       [](queue& q) { return q.get(stopped()); }, [](queue& q) { return q.join(stopped()); }},
  };
}

TEST(ipc_queue, put_gives_up_on_a_full_queue) {
  for (const form& each : forms_that_fail(queue_errc::full)) {
    SCOPED_TRACE(each.name);
    queue q(1);
    q.put(1);
    EXPECT_EQ(each.put(q, 2).error(), each.gives_up_as);
    EXPECT_EQ(q.size(), 1U);
    EXPECT_EQ(q.get(), 1);
  }
}

TEST(ipc_queue, get_gives_up_on_an_empty_queue) {
  for (const form& each : forms_that_fail(queue_errc::empty)) {
    SCOPED_TRACE(each.name);
    queue q(1);
    EXPECT_EQ(each.get(q).error(), each.gives_up_as);
    q.put(1);
    EXPECT_EQ(q.get(), 1);
  }
}

TEST(ipc_queue, what_can_be_done_at_once_is_done_in_every_form) {
  for (const form& each : forms_that_fail(queue_errc::full)) {
    SCOPED_TRACE(each.name);
    queue q(1);
    EXPECT_TRUE(each.join(q));
    EXPECT_TRUE(each.put(q, 7));
    EXPECT_EQ(each.get(q), 7);
  }
}

TEST(ipc_queue, that_is_closed_refuses_puts_and_gives_what_is_left) {
  for (const form& each : forms_that_fail(queue_errc::full)) {
    SCOPED_TRACE(each.name);
    queue q(2);
    q.put(1);
    q.close();
    EXPECT_TRUE(q.closed());
    EXPECT_EQ(each.put(q, 2).error(), queue_errc::closed);
    EXPECT_EQ(each.get(q), 1);
    EXPECT_EQ(each.get(q).error(), queue_errc::closed);
    EXPECT_THROW(q.put(3), queue_closed);
    EXPECT_THROW(static_cast<void>(q.get()), queue_closed);
  }
}

TEST(ipc_queue, tells_size_and_bounds) {
  queue q(2);
  EXPECT_EQ(q.capacity(), 2U);
  EXPECT_TRUE(q.empty());
  EXPECT_FALSE(q.closed());
  q.put(1);
  EXPECT_EQ(q.size(), 1U);
  EXPECT_FALSE(q.empty());
  EXPECT_FALSE(q.full());
  q.put(2);
  EXPECT_TRUE(q.full());
  EXPECT_THROW(queue(ipc::queue_options{.bytes = (std::size_t{1} << 30) + 1}),
               std::invalid_argument);
}

TEST(ipc_queue, without_a_capacity_is_full_when_its_bytes_are) {
  const ipc::queue<int> q({.bytes = 64});  // A record of an int takes 8.
  EXPECT_EQ(q.capacity(), queue::unbounded);
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(q.try_put(i));
  EXPECT_TRUE(q.full());
  EXPECT_EQ(q.try_put(8).error(), queue_errc::full);
  EXPECT_EQ(q.get(), 0);
  EXPECT_FALSE(q.full());
}

TEST(ipc_queue, close_may_drop_what_is_inside) {
  queue q;
  for (int i = 0; i < 5; ++i) q.put(i);
  static_cast<void>(q.get());
  q.close();
  EXPECT_EQ(q.size(), 4U);
  q.close(close_mode::immediate);
  EXPECT_TRUE(q.empty());
  EXPECT_EQ(q.try_get().error(), queue_errc::closed);
  EXPECT_FALSE(q.try_join()) << "what was taken is still to be done";
  q.task_done();
  EXPECT_TRUE(q.try_join());
  q.close();  // Nothing happens.
  EXPECT_TRUE(q.empty());
}

TEST(ipc_queue, consume_is_a_range_that_ends_when_closed) {
  const queue q;
  for (int i = 0; i < 5; ++i) q.put(i);
  q.close();
  std::vector<int> seen;
  for (const int item : q.consume()) seen.push_back(item);
  EXPECT_EQ(seen, (std::vector{0, 1, 2, 3, 4}));
}

TEST(ipc_queue, consume_ends_when_stopped) {
  const queue q;
  q.put(1);
  std::stop_source stop;
  int seen = 0;
  for (const int item : q.consume(stop.get_token())) {
    seen += item;
    stop.request_stop();
  }
  EXPECT_EQ(seen, 1);
}

TEST(ipc_queue, join_waits_until_items_are_done_not_only_taken) {
  for (const form& each : forms_that_fail(queue_errc::timeout)) {
    SCOPED_TRACE(each.name);
    queue q;
    q.put(1);
    q.put(2);
    static_cast<void>(q.get());
    static_cast<void>(q.get());
    q.task_done();
    EXPECT_EQ(each.join(q).error(), each.gives_up_as);
    q.task_done();
    EXPECT_TRUE(each.join(q));
    q.join();
  }
}

TEST(ipc_queue, refuses_one_task_done_too_many) {
  const queue q;
  EXPECT_THROW(q.task_done(), std::logic_error);
  q.put(1);
  q.task_done();
  try {
    q.task_done();
    FAIL() << "not refused";
  } catch (const std::logic_error& e) {
    EXPECT_STREQ(e.what(), "queue: task_done() called too many times");
  }
}

// A child that does something that waits, and has begun to wait.
template <class F>
process waiting_child(F f) {
  process child = process::fork(std::move(f));
  wait_until_asleep(child.pid());
  return child;
}

int status_of(process& child) {
  child.join();
  return child.status()->code().value_or(-1);
}

TEST(ipc_queue, put_wakes_each_form_of_get_in_another_process) {
  const std::function<int(queue&)> gets[] = {
      [](queue& q) { return q.get(); },
      [](queue& q) { return q.get_for(1h).value(); },
      [](queue& q) { return q.get_until(std::chrono::system_clock::now() + 1h).value(); },
      [](queue& q) { return q.get(std::stop_source().get_token()).value(); },
  };
  for (const auto& get : gets) {
    queue q;
    process child = waiting_child([q, &get]() mutable { return get(q); });
    q.put(5);
    EXPECT_EQ(status_of(child), 5);
  }
}

TEST(ipc_queue, get_makes_room_for_each_form_of_put_in_another_process) {
  const std::function<bool(queue&)> puts[] = {
      [](queue& q) { return q.put(2), true; },
      [](queue& q) { return q.put_for(2, 1h).has_value(); },
      [](queue& q) { return q.put_until(2, std::chrono::system_clock::now() + 1h).has_value(); },
      [](queue& q) { return q.put(2, std::stop_source().get_token()).has_value(); },
  };
  for (const auto& put : puts) {
    queue q(1);
    q.put(1);
    process child = waiting_child([q, &put]() mutable { return put(q) ? 0 : 1; });
    EXPECT_EQ(q.get(), 1);
    EXPECT_EQ(q.get(), 2);
    EXPECT_EQ(status_of(child), 0);
  }
}

// Marked in the stead of a taker that died before it took anything.
TEST(ipc_queue, join_does_not_wait_for_what_was_dropped_after_it_was_marked) {
  queue q(4);
  for (int i = 0; i < 3; ++i) q.put(i);
  q.task_done();
  q.close(close_mode::immediate);
  q.join();
  EXPECT_THROW(q.task_done(), std::logic_error);
}

TEST(ipc_queue, the_last_task_done_wakes_all_that_join) {
  const queue q;
  q.put(1);
  q.put(2);
  process first = waiting_child([q] { q.join(); });
  process second = waiting_child([q] { return q.join_for(1h) ? 0 : 1; });
  q.task_done();
  EXPECT_FALSE(q.try_join());
  q.task_done();
  EXPECT_EQ(status_of(first), 0);
  EXPECT_EQ(status_of(second), 0);
}

TEST(ipc_queue, close_ends_the_waits_of_many) {
  const queue empty(1), full(1);
  full.put(1);
  std::vector<process> children;
  for (int i = 0; i < 2; ++i) {
    children.push_back(
        waiting_child([empty] { return empty.get_for(1h).error() == queue_errc::closed ? 0 : 1; }));
    children.push_back(waiting_child(
        [full] { return full.put_for(2, 1h).error() == queue_errc::closed ? 0 : 1; }));
    children.push_back(waiting_child([full] { full.join(); }));
  }
  empty.close();
  full.close(close_mode::immediate);
  for (process& each : children) EXPECT_EQ(status_of(each), 0);
}

TEST(ipc_queue, a_stop_request_ends_waits) {
  const queue empty(1), full(1);
  full.put(1);
  std::stop_source stop;
  expected<int, queue_errc> got = 0;
  expected<void, queue_errc> put, joined;
  {
    const par::thread getter("get", [&] { got = empty.get(stop.get_token()); });
    const par::thread putter("put", [&] { put = full.put(2, stop.get_token()); });
    const par::thread joiner("join", [&] { joined = full.join(stop.get_token()); });
    stop.request_stop();
  }
  EXPECT_EQ(got.error(), queue_errc::stopped);
  EXPECT_EQ(put.error(), queue_errc::stopped);
  EXPECT_EQ(joined.error(), queue_errc::stopped);
}

// Each producer's items stay in order, whoever takes them.
TEST(ipc_queue, shares_items_out_among_many_processes) {
  constexpr int producers = 3, consumers = 3, each = 3000;
  const ipc::queue<std::pair<int, int>> items({.bytes = 1024});
  const ipc::queue<std::vector<std::pair<int, int>>> taken;
  std::vector<process> putters, getters;
  for (int p = 0; p < producers; ++p) {
    putters.push_back(process::fork([items, p] {
      for (int i = 0; i < each; ++i) items.put({p, i});
    }));
  }
  for (int c = 0; c < consumers; ++c) {
    getters.push_back(process::fork([items, taken] {
      std::vector<std::pair<int, int>> mine;
      for (const auto& item : items.consume()) mine.push_back(item);
      taken.put(mine);
    }));
  }
  for (process& putter : putters) EXPECT_EQ(status_of(putter), 0);
  items.close();
  std::set<std::pair<int, int>> all;
  for (int c = 0; c < consumers; ++c) {
    std::vector<int> last(producers, -1);
    for (const auto& [producer, number] : taken.get()) {
      EXPECT_GT(number, last[static_cast<std::size_t>(producer)]);
      last[static_cast<std::size_t>(producer)] = number;
      all.emplace(producer, number);
    }
  }
  EXPECT_EQ(all.size(), static_cast<std::size_t>(producers * each));
}

}  // namespace
}  // namespace par
