#include "par/coroutines/this_task.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "par/coroutines/scheduler.h"

namespace {

using namespace std::chrono_literals;
using nanoseconds = std::chrono::nanoseconds;
using time_point = par::virtual_clock::time_point;

template <class Rep, class Period>
par::task<> sleep(std::chrono::duration<Rep, Period> span, int name, std::vector<int>& order) {
  co_await par::this_task::sleep_for(span);
  order.push_back(name);
}

TEST(this_task, sleepers_wake_by_time_and_of_equals_in_order) {
  std::vector<int> order;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  turns.spawn(sleep(3s, 5, order));
  turns.spawn(sleep(1s, 2, order));
  turns.spawn(sleep(std::chrono::duration<double>(0.5), 1, order));
  turns.spawn(sleep(1000ms, 3, order));
  turns.spawn(sleep(2s, 4, order));
  turns.run();
  EXPECT_EQ(order, (std::vector{1, 2, 3, 4, 5}));
  EXPECT_EQ(clock.now(), time_point(3s));
}

struct span_case {
  const char* name;
  std::chrono::duration<double> span;
  nanoseconds passes;
};

const span_case spans[] = {
    {"none", 0s, 0ns},
    {"negative", -5s, 0ns},
    {"not a number", std::chrono::duration<double>(std::numeric_limits<double>::quiet_NaN()), 0ns},
    {"less than the clock's unit", std::chrono::duration<double>(1e-12), 1ns},
    {"long", 8760h, 8760h},
};

TEST(this_task, spans_are_rounded_up_and_never_negative) {
  for (const span_case& each : spans) {
    SCOPED_TRACE(each.name);
    std::vector<int> order;
    par::virtual_clock clock;
    par::scheduler turns(clock);
    turns.run(sleep(each.span, 1, order));
    EXPECT_EQ(clock.now(), time_point(each.passes));
  }
}

TEST(this_task, a_span_that_does_not_fit_never_ends) {
  std::vector<int> order;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  EXPECT_THROW(turns.run(sleep(std::chrono::duration<double>(1e30), 1, order)), par::deadlock);
}

par::task<> sleep_until_each(std::vector<time_point>& woke, par::virtual_clock& clock) {
  for (const auto time : {5s, 2s, 7s}) {
    co_await par::this_task::sleep_until(time_point(time));
    woke.push_back(clock.now());
  }
  co_await par::this_task::sleep_until(std::chrono::system_clock::now() - 1h);
  woke.push_back(clock.now());
}

TEST(this_task, sleeps_until_a_time_but_not_back_to_one) {
  std::vector<time_point> woke;
  par::virtual_clock clock;
  par::scheduler(clock).run(sleep_until_each(woke, clock));
  EXPECT_EQ(woke, (std::vector{time_point(5s), time_point(5s), time_point(7s), time_point(7s)}));
}

par::task<> sleep_until_the_last_hour() {
  using hours = std::chrono::hours;
  co_await par::this_task::sleep_until(
      std::chrono::time_point<std::chrono::steady_clock, hours>(hours::max()));
}

par::task<> sleep_until_the_last_hour_of_the_wall_clock() {
  using hours = std::chrono::hours;
  co_await par::this_task::sleep_until(
      std::chrono::time_point<std::chrono::system_clock, hours>(hours::max()));
}

TEST(this_task, a_time_that_does_not_fit_never_comes) {
  par::virtual_clock clock;
  par::scheduler turns(clock);
  EXPECT_THROW(turns.run(sleep_until_the_last_hour()), par::deadlock);
  turns.run(sleep_until_the_last_hour_of_the_wall_clock());  // In some 200 years.
  EXPECT_GT(clock.now(), time_point(std::chrono::hours(24 * 365 * 100)));
}

par::task<> yield_and_note(int name, std::vector<int>& order) {
  order.push_back(name);
  co_await par::this_task::yield();
  order.push_back(name);
}

TEST(this_task, a_yield_lets_all_others_go_first) {
  std::vector<int> order;
  par::scheduler turns;
  for (const int name : {1, 2, 3}) turns.spawn(yield_and_note(name, order));
  turns.run();
  EXPECT_EQ(order, (std::vector{1, 2, 3, 1, 2, 3}));
}

// One that is always ready does not keep sleepers from waking.
par::task<> count_until(const bool& stop, long& rounds) {
  while (!stop) {
    ++rounds;
    co_await par::this_task::yield();
  }
}

par::task<> set_after(nanoseconds span, bool& flag) {
  co_await par::this_task::sleep_for(span);
  flag = true;
}

TEST(this_task, sleepers_of_real_time_wake_beside_busy_tasks_and_alone) {
  bool stop = false;
  long rounds = 0;
  par::scheduler turns;
  const auto start = std::chrono::steady_clock::now();
  turns.spawn(count_until(stop, rounds));
  turns.spawn(set_after(2ms, stop));
  turns.run();
  EXPECT_GE(std::chrono::steady_clock::now() - start, 2ms);
  EXPECT_GT(rounds, 0);
  turns.run(set_after(1ms, stop));
  EXPECT_GE(std::chrono::steady_clock::now() - start, 3ms);
}

par::task<> join_with_limit(par::task_handle other, nanoseconds limit, std::vector<bool>& in_time) {
  in_time.push_back(co_await other.join_for(limit));
}

TEST(this_task, a_join_may_have_a_limit) {
  std::vector<int> order;
  std::vector<bool> in_time;
  par::virtual_clock clock;
  par::scheduler turns(clock);
  const par::task_handle other = turns.spawn(sleep(5s, 1, order));
  turns.spawn(join_with_limit(other, 4s, in_time));
  turns.spawn(join_with_limit(other, 6s, in_time));
  turns.spawn(join_with_limit(other, 0s, in_time));
  turns.run();
  EXPECT_EQ(in_time, (std::vector{false, false, true}));
  EXPECT_EQ(clock.now(), time_point(5s));  // The limit of 6 s is forgotten.
  turns.run(join_with_limit(other, 0s, in_time));
  EXPECT_TRUE(in_time.back());
}

par::task<> try_outside() {
  co_await par::this_task::yield();
}

// A task that no scheduler runs.
struct stranger {
  struct promise_type {
    stranger get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

stranger await_outside(bool& thrown) {
  try {
    co_await try_outside();
  } catch (const std::logic_error&) {
    thrown = true;
  }
}

TEST(this_task, needs_a_scheduler) {
  bool thrown = false;
  await_outside(thrown);
  EXPECT_TRUE(thrown);
}

}  // namespace
