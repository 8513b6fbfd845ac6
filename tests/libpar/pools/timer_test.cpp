#include "par/pools/timer.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <system_error>
#include <utility>
#include <vector>

#include "par/locks/event.h"
#include "par/pools/thread.h"
#include "par/pools/thread_exception_hook.h"

namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

// The thread of the timers.
std::optional<par::thread_handle> timer_thread() {
  for (const par::thread_handle& each : par::thread::enumerate()) {
    if (each.name() == "timer") return each;
  }
  return std::nullopt;
}

class timer : public testing::Test {
 protected:
  void TearDown() override {  // Other tests count threads.
    if (const auto thread = timer_thread()) thread->wait();
  }
};

// Keeps the thread of the timers busy until it is let go.
class busy_timers {
 public:
  busy_timers() { busy_.wait(); }
  void let_go() { go_on_.set(); }

 private:
  par::event busy_, go_on_;
  par::timer blocker_{0s, [this] {
                        busy_.set();
                        go_on_.wait();
                      }};
};

TEST_F(timer, calls_after_its_delay) {
  for (const auto delay : {0ms, 15ms}) {
    const auto start = clock_type::now();
    clock_type::time_point called;
    const par::timer t(delay, [&] { called = clock_type::now(); });
    t.wait();
    EXPECT_TRUE(t.is_over());
    EXPECT_GE(called - start, delay);
  }
}

TEST_F(timer, takes_a_span_a_time_or_a_deadline) {
  std::atomic<int> calls = 0;
  const auto call = [&] { ++calls; };
  const par::timer timers[] = {
      par::timer(std::chrono::duration<double>(0.001), call),
      par::timer(std::chrono::system_clock::now() + 1ms, call),
      par::timer(clock_type::now() - 1h, call),
      par::timer(par::deadline::in(1ms), call),
  };
  for (const par::timer& each : timers) each.wait();
  EXPECT_EQ(calls, 4);
}

TEST_F(timer, cancelled_in_time_is_not_called_and_lets_go_of_what_it_captured) {
  bool called = false;
  const auto owned = std::make_shared<int>();
  par::timer t(1h, [&called, owned] { called = true; });
  EXPECT_FALSE(t.is_over());
  EXPECT_FALSE(t.wait_for(1ms));
  EXPECT_TRUE(t.cancel());
  EXPECT_FALSE(t.cancel());
  EXPECT_TRUE(t.is_over());
  t.wait();
  EXPECT_FALSE(called);
  EXPECT_EQ(owned.use_count(), 1);
}

TEST_F(timer, cancelled_too_late_says_so) {
  par::event called, go_on;
  par::timer t(0s, [&] {
    called.set();
    go_on.wait();
  });
  called.wait();
  EXPECT_FALSE(t.cancel());
  EXPECT_FALSE(t.is_over());
  EXPECT_FALSE(t.wait_for(1ms));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(t.wait(stop.get_token()));
  go_on.set();
  t.wait();
  EXPECT_FALSE(t.cancel());
}

TEST_F(timer, going_cancels_it_or_waits_for_its_call) {
  bool called = false;
  {
    const par::timer t(1h, [&] { called = true; });
  }
  EXPECT_FALSE(called);
  bool ended = false;
  {
    par::event started;
    const par::timer t(0s, [&] {
      started.set();
      ended = true;
    });
    started.wait();
  }
  EXPECT_TRUE(ended);
}

TEST_F(timer, calls_in_order_of_time_and_of_making) {
  std::vector<int> order;
  {
    busy_timers busy;
    const auto now = clock_type::now();
    std::vector<par::timer> timers;
    for (const int i : {3, 1, 2, 0}) {
      timers.emplace_back(now + i * 1us, [&order, i] { order.push_back(i); });
    }
    for (const int i : {4, 5}) {
      timers.emplace_back(now + 4us, [&order, i] { order.push_back(i); });
    }
    busy.let_go();
    for (const par::timer& each : timers) each.wait();
  }
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4, 5}));
}

TEST_F(timer, an_earlier_one_does_not_wait_for_a_later_one) {
  const par::timer later(1h, [] {});
  const par::timer earlier(1ms, [] {});
  EXPECT_TRUE(earlier.wait_for(60s));
  EXPECT_FALSE(later.is_over());
}

TEST_F(timer, can_be_replaced_by_its_own_call) {
  par::event ready, done;
  std::error_code waits_for_itself;
  par::timer t(0s, [&] {
    ready.wait();
    try {
      t.wait();
    } catch (const std::system_error& e) {
      waits_for_itself = e.code();
    }
    t = par::timer(0s, [&done] { done.set(); });  // The old one goes without waiting for itself.
  });
  ready.set();
  done.wait();
  EXPECT_EQ(waits_for_itself, std::errc::resource_deadlock_would_occur);
}

TEST_F(timer, the_thread_is_there_only_while_some_are_pending) {
  std::optional<par::thread_handle> thread;
  {
    const par::timer one(1h, [] {});
    const par::timer other(1h, [] {});
    thread = timer_thread();
    ASSERT_TRUE(thread.has_value());
    EXPECT_TRUE(thread->daemon());
  }
  thread->wait();
  const par::timer again(1ms, [] {});
  EXPECT_TRUE(again.wait_for(60s));
}

TEST_F(timer, an_exception_goes_to_the_hook_and_the_others_go_on) {
  std::atomic<int> thrown = 0;
  const auto before = par::set_thread_exception_hook(
      [&](const par::thread_handle&, const std::exception_ptr&) { ++thrown; });
  {
    const par::timer bad(0s, [] { throw std::runtime_error("in a timer"); });
    const par::timer good(0s, [] {});
    bad.wait();
    good.wait();
  }
  par::set_thread_exception_hook(before);
  EXPECT_EQ(thrown, 1);
}

TEST_F(timer, none_is_over) {
  par::timer none;
  EXPECT_TRUE(none.is_over());
  EXPECT_FALSE(none.cancel());
  none.wait();
}

TEST_F(timer, moving_leaves_one_owner) {
  bool first_called = false;
  par::timer first(1h, [&] { first_called = true; });
  par::event called;
  first = par::timer(0s, [&] { called.set(); });  // Cancels the one that was here.
  const par::timer second = std::move(first);
  called.wait();
  second.wait();
  EXPECT_FALSE(first_called);
}

// Cancelled at every moment around its call: either it was called or cancel() says that it was not.
TEST_F(timer, is_called_or_cancelled_never_both) {
  for (int i = 0; i < 1'000; ++i) {
    std::atomic<int> outcome = 0;
    {
      par::timer t(std::chrono::microseconds(i % 40), [&] { ++outcome; });
      if (t.cancel()) ++outcome;
    }
    ASSERT_EQ(outcome, 1);
  }
}

TEST_F(timer, thousands_cost_no_threads) {
  const par::timer first(1h, [] {});
  const std::size_t threads = par::thread::active_count();
  std::vector<par::timer> timers;
  for (int i = 0; i < 10'000; ++i) timers.emplace_back(1h + i * 1ms, [] {});
  EXPECT_EQ(par::thread::active_count(), threads);
}

TEST_F(timer, those_of_the_parent_are_over_in_a_forked_child) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the thread sanitizer allows no threads after a fork with threads";
#endif
  par::timer pending(1h, [] {});
  busy_timers busy;
  const pid_t child = fork();
  if (child == 0) {
    const bool over = pending.is_over() && !pending.cancel() && pending.wait_for(0s);
    const par::timer fresh(1ms, [] {});
    _exit(over && fresh.wait_for(60s) ? 0 : 1);
  }
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_FALSE(pending.is_over());
  busy.let_go();
}

}  // namespace
