#include "par/locks/mutex.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <vector>

#include "par/pools/thread.h"
#include "unanalysed.h"

namespace {

using namespace std::chrono_literals;

TEST(mutex, is_four_bytes) {
  EXPECT_EQ(sizeof(par::mutex), 4U);
}

TEST(mutex, keeps_increments_of_many_threads_apart) {
  constexpr int threads = 8, rounds = 20'000;
  par::mutex guard;
  int counter = 0;
  {
    std::vector<par::thread> team;
    for (int i = 0; i < threads; ++i) {
      team.emplace_back("count", [&] {
        for (int n = 0; n < rounds; ++n) {
          const std::lock_guard lock(guard);
          ++counter;
        }
      });
    }
  }
  EXPECT_EQ(counter, threads * rounds);
}

TEST(mutex, try_lock_fails_while_it_is_held) {
  par::mutex guard;
  ASSERT_TRUE(guard.try_lock());
  EXPECT_FALSE(guard.try_lock());
  guard.unlock();
  ASSERT_TRUE(guard.try_lock());
  guard.unlock();
}

TEST(mutex, timed_lock_gives_up_after_its_time) {
  par::mutex guard;
  guard.lock();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(guard.try_lock_for(20ms));
  EXPECT_GE(std::chrono::steady_clock::now() - start, 20ms);
  EXPECT_FALSE(guard.try_lock_until(std::chrono::system_clock::now() + 1ms));
  guard.unlock();
}

TEST(mutex, timed_lock_takes_a_lock_that_becomes_free) {
  par::mutex guard;
  guard.lock();
  std::latch about_to_wait(1);
  bool taken = false;
  {
    const par::thread other("wait", [&] {
      about_to_wait.count_down();
      taken = guard.try_lock_for(60s);
      if (taken) guard.unlock();
    });
    about_to_wait.wait();
    guard.unlock();
  }
  EXPECT_TRUE(taken);
}

TEST(mutex, stays_usable_after_a_waiter_gave_up) {
  par::mutex guard;
  guard.lock();
  EXPECT_FALSE(guard.try_lock_for(1ms));
  guard.unlock();
  EXPECT_TRUE(guard.try_lock());
  guard.unlock();
}

TEST(mutex, stop_ends_a_wait_and_leaves_it_whole) {
  par::mutex guard;
  for (int i = 0; i < 500; ++i) {  // The request comes before, in, and after the sleep.
    guard.lock();
    std::stop_source stop;
    std::latch about_to_wait(1);
    bool taken = true;
    {
      const par::thread other("wait", [&] {
        about_to_wait.count_down();
        taken = guard.lock(stop.get_token());
      });
      about_to_wait.wait();
      for (int spin = 0; spin < i * 20; ++spin) std::atomic_signal_fence(std::memory_order_seq_cst);
      stop.request_stop();
    }
    EXPECT_FALSE(taken);
    guard.unlock();
    ASSERT_TRUE(guard.try_lock());
    guard.unlock();
  }
}

TEST(mutex, stoppable_lock_takes_what_is_free_or_becomes_free) {
  par::mutex guard;
  const std::stop_source stop;
  ASSERT_TRUE(guard.lock(stop.get_token()));
  EXPECT_FALSE(guard.try_lock_for(1ms, stop.get_token()));
  bool taken = false;
  {
    const par::thread other("wait", [&] {
      taken = guard.try_lock_for(60s, stop.get_token());
      if (taken) guard.unlock();
    });
    guard.unlock();
  }
  EXPECT_TRUE(taken);
}

TEST(mutex, a_waiter_that_is_stopped_takes_no_wake_up_from_the_others) {
  par::mutex guard;
  for (int i = 0; i < 500; ++i) {
    guard.lock();
    std::stop_source stop;
    const par::thread patient("patient", [&] { const std::lock_guard lock(guard); });
    const par::thread stopped("stopped", [&] {
      if (guard.lock(stop.get_token())) guard.unlock();
    });
    const par::thread stopper("stopper", [&] { stop.request_stop(); });
    guard.unlock();
  }
}

TEST(mutex, unlocking_what_nobody_holds_throws) {
  par::mutex guard;
  EXPECT_THROW(guard.unlock(), std::system_error);
}

TEST(mutex, works_with_the_guards_of_std) {
  par::mutex a, b;
  {
    const std::scoped_lock both(a, b);
    EXPECT_FALSE(a.try_lock());
  }
  const std::unique_lock deferred(a, std::defer_lock);
  EXPECT_FALSE(deferred.owns_lock());
}

}  // namespace
