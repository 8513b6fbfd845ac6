#include "par/coroutines/await_future.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "par/coroutines/gather.h"
#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"
#include "par/locks/event.h"
#include "par/pools/promise.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread.h"
#include "par/pools/thread_pool.h"

namespace {

using namespace std::chrono_literals;

par::task<int> take(par::future<int> from) {
  const auto here = std::this_thread::get_id();
  const int value = co_await std::move(from);
  EXPECT_EQ(std::this_thread::get_id(), here);
  co_return value;
}

TEST(await_future, gives_the_value_that_is_there) {
  par::promise<int> p;
  par::future<int> f = p.get_future();
  p.set_value(1);
  EXPECT_EQ(par::scheduler().run(take(std::move(f))), 1);
}

TEST(await_future, gives_the_value_that_another_thread_sets) {
  par::promise<int> p;
  par::event begun;
  const auto wait = [](par::event& about_to, par::future<int> from) -> par::task<int> {
    about_to.set();
    co_return co_await std::move(from);
  };
  const par::thread setter("setter", [&] {
    begun.wait();
    p.set_value(2);
  });
  EXPECT_EQ(par::scheduler().run(wait(begun, p.get_future())), 2);
}

TEST(await_future, throws_what_the_task_threw_or_that_it_was_cancelled) {
  par::promise<int> thrown, cancelled;
  par::future<int> of_cancelled = cancelled.get_future();
  thrown.set_exception(std::make_exception_ptr(std::out_of_range("x")));
  of_cancelled.cancel();
  par::scheduler turns;
  EXPECT_THROW(turns.run(take(thrown.get_future())), std::out_of_range);
  EXPECT_THROW(turns.run(take(std::move(of_cancelled))), par::future_cancelled);
}

par::task<> mark(bool& done) {
  done = true;
  co_return;
}

par::task<int> let_others_run(par::future<int> from, par::event& go_on) {
  bool other_ran = false;
  const auto other = par::spawn(mark(other_ran));
  const auto release = [](par::event& to_set, par::task_handle after) -> par::task<> {
    co_await after.join();
    to_set.set();
  };
  const auto releasing = par::spawn(release(go_on, other));
  const int value = co_await std::move(from);
  EXPECT_TRUE(other_ran);
  co_return value;
}

TEST(await_future, lets_the_other_tasks_go_on) {
  par::thread_pool pool(1);
  par::event go_on;
  auto f = pool.submit([&] {
    go_on.wait();
    return 5;
  });
  EXPECT_EQ(par::scheduler().run(let_others_run(std::move(f), go_on)), 5);
}

par::task<long> add_up(par::thread_pool& pool, int from, int count) {
  long sum = 0;
  for (int i = from; i < from + count; ++i) {
    par::future<int> next = pool.submit([i] { return i; });
    sum += co_await std::move(next);
    if (i % 7 == 0) co_await par::this_task::yield();
  }
  co_return sum;
}

TEST(await_future, many_tasks_await_many_results) {
  constexpr int tasks = 50, each = 100;
  par::thread_pool pool(3);
  std::vector<par::task<long>> all;
  for (int i = 0; i < tasks; ++i) all.push_back(add_up(pool, i * each, each));
  long sum = 0;
  for (const long part : par::scheduler().run(par::gather(std::move(all)))) sum += part;
  EXPECT_EQ(sum, tasks * each * (tasks * each - 1L) / 2);
}

// Whoever sets the last value may still be on its way back when the scheduler is gone.
TEST(await_future, the_scheduler_may_end_at_once) {
  for (int round = 0; round < 300; ++round) {
    std::optional<par::promise<int>> p(std::in_place);
    auto f = p->get_future();
    const par::thread setter("setter", [&] { p->set_value(round); });
    EXPECT_EQ(par::scheduler().run(take(std::move(f))), round);
  }
}

par::task<int> take_shared(par::shared_future<int> from) {
  co_return co_await from;
}

TEST(await_future, several_read_a_shared_one) {
  par::thread_pool pool(1);
  par::event go_on;
  const auto wait_and_give = [&] {
    go_on.wait();
    return 3;
  };
  const par::shared_future<int> shared(pool.submit(wait_and_give));
  const auto release = [](par::event& to_set) -> par::task<int> {
    to_set.set();
    co_return 0;
  };
  std::vector<par::task<int>> all;
  all.push_back(take_shared(shared));
  all.push_back(take_shared(shared));
  all.push_back(release(go_on));
  EXPECT_EQ(par::scheduler().run(par::gather(std::move(all))), (std::vector{3, 3, 0}));
}

par::task<> await_for_ever(par::future<int> from) {
  static_cast<void>(co_await std::move(from));
}

par::task<> cancel_soon(par::task_handle other) {
  co_await par::this_task::yield();
  other.cancel();
  co_await other.join();
}

TEST(await_future, cancelling_the_task_cancels_work_that_has_not_begun) {
  par::thread_pool pool(1);
  par::event begun, go_on;
  auto busy = pool.submit([&] {
    begun.set();
    go_on.wait();
  });
  begun.wait();
  std::atomic<bool> ran = false;
  {
    par::scheduler turns;
    const auto waiting = turns.spawn(await_for_ever(pool.submit([&] {
      ran = true;
      return 0;
    })));
    turns.run(cancel_soon(waiting));
    EXPECT_TRUE(waiting.cancelled());
  }
  go_on.set();
  busy.get();
  pool.wait_idle();
  EXPECT_FALSE(ran);
}

TEST(await_future, cancelling_the_task_leaves_a_shared_one_to_others) {
  par::promise<int> p;
  const par::shared_future<int> shared = p.get_future().share();
  par::scheduler turns;
  const auto waiting = turns.spawn(take_shared(shared));
  turns.run(cancel_soon(waiting));
  EXPECT_TRUE(waiting.cancelled());
  p.set_value(4);
  EXPECT_EQ(shared.get(), 4);
}

void set_unless_cancelled(par::promise<int>& p, int value) {
  try {
    p.set_value(value);
  } catch (const par::invalid_state&) {  // It was.
  }
}

par::task<int> cancel_and_set(par::task_handle other, par::event& set_now) {
  co_await par::this_task::yield();
  set_now.set();
  co_await par::this_task::yield();
  other.cancel();
  co_await other.join();
  co_return other.cancelled() ? 1 : 0;
}

// Wherever the two meet, the task ends, one way or the other.
TEST(await_future, result_and_cancellation_may_come_together) {
  for (int round = 0; round < 300; ++round) {
    par::promise<int> p;
    par::event set_now;
    par::scheduler turns;
    auto waiting = turns.spawn(take(p.get_future()));
    const par::thread setter("setter", [&] {
      set_now.wait();
      set_unless_cancelled(p, round);
    });
    if (turns.run(cancel_and_set(waiting, set_now)) == 0) {
      EXPECT_EQ(waiting.get(), round);
    } else {
      EXPECT_THROW(static_cast<void>(waiting.get()), par::task_cancelled);
    }
  }
}

// The task is told of the result while everything is cancelled because another one threw.
par::task<> set_and_throw(par::event& set_now) {
  co_await par::this_task::yield();
  set_now.set();
  throw std::runtime_error("stop");
}

TEST(await_future, the_scheduler_waits_for_a_thread_that_is_about_to_tell_a_task) {
  for (int round = 0; round < 300; ++round) {
    par::promise<int> p;
    par::event set_now;
    const par::thread setter("setter", [&] {
      set_now.wait();
      set_unless_cancelled(p, round);
    });
    par::task_handle waiting;
    {
      par::scheduler turns;
      waiting = turns.spawn(await_for_ever(p.get_future()));
      EXPECT_THROW(turns.run(set_and_throw(set_now)), std::runtime_error);
    }
    EXPECT_TRUE(waiting.done());
  }
}

// Both kinds of waiting at once: neither the timers nor the pool are missed.
par::task<> tick(int times, int& ticks) {
  for (int i = 0; i < times; ++i) {
    co_await par::this_task::sleep_for(100us);
    ++ticks;
  }
}

TEST(await_future, goes_together_with_sleeping) {
  par::thread_pool pool(2);
  int ticks = 0;
  par::scheduler turns;
  turns.spawn(tick(50, ticks));
  auto sum = turns.spawn(add_up(pool, 0, 200));
  turns.run();
  EXPECT_EQ(ticks, 50);
  EXPECT_EQ(sum.get(), 199 * 200 / 2);
}

// A scheduler in a task of a pool of one thread waits for another task of that pool.
TEST(await_future, does_not_starve_the_pool_that_the_scheduler_runs_on) {
  par::thread_pool pool({.threads = 1, .name = "one"});
  auto outer = pool.submit([&] {
    par::scheduler turns;
    return turns.run(take(pool.submit([] { return 9; })));
  });
  EXPECT_EQ(outer.get(), 9);
}

}  // namespace
