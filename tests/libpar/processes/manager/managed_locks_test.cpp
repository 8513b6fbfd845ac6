#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>
#include <vector>

#include "libpar/processes/manager/local_manager.h"
#include "libpar/sanitized.h"
#include "par/locks/lock_guard.h"

namespace par {
namespace {

using namespace std::chrono_literals;

template <class F>
std::error_code error_of(F f) {
  try {
    f();
  } catch (const std::system_error& error) {
    return error.code();
  }
  return {};
}

// On a thread of its own, so with a connection of its own.
template <class F>
void elsewhere(F f) {
  std::jthread(std::move(f)).join();
}

TEST(managed_mutex, is_held_by_one_thread) {
  local_manager local;
  const auto guard = local.shared.mutex();
  {
    const std::lock_guard lock(guard);
    EXPECT_FALSE(guard.try_lock());
    EXPECT_EQ(error_of([&] { guard.lock(); }), std::errc::resource_deadlock_would_occur);
    elsewhere([&] {
      EXPECT_FALSE(guard.try_lock());
      EXPECT_FALSE(guard.try_lock_for(1ms));
      std::stop_source stop;
      std::jthread stopper([&] { stop.request_stop(); });
      EXPECT_FALSE(guard.lock(stop.get_token()));
      EXPECT_EQ(error_of([&] { guard.unlock(); }), std::errc::operation_not_permitted);
    });
  }
  EXPECT_EQ(error_of([&] { guard.unlock(); }), std::errc::operation_not_permitted);
  elsewhere([&] { EXPECT_TRUE(guard.try_lock()); });  // Its end releases it.
  const unique_lock lock(guard);
  EXPECT_TRUE(lock.owns_lock());
}

TEST(managed_mutex, counts_up_alone) {
  local_manager local;
  const auto guard = local.shared.mutex();
  const auto count = local.shared.value<int>();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 50; ++round) {
          const par::lock_guard lock(guard);
          count.set(count.get() + 1);
        }
      });
    }
  }
  EXPECT_EQ(count.get(), 200);
}

TEST(managed_recursive_mutex, is_held_as_often_as_it_was_locked) {
  local_manager local;
  const auto guard = local.shared.recursive_mutex();
  const auto is_free = [&] {
    bool got = false;
    elsewhere([&] { got = guard.try_lock(); });
    return got;
  };
  guard.lock();
  EXPECT_TRUE(guard.try_lock());
  guard.unlock();
  EXPECT_FALSE(is_free());
  guard.unlock();
  EXPECT_TRUE(is_free());
  EXPECT_EQ(error_of([&] { guard.unlock(); }), std::errc::operation_not_permitted);
}

TEST(managed_semaphore, counts_permits) {
  local_manager local;
  const auto permits = local.shared.semaphore(2);
  permits.acquire();
  EXPECT_TRUE(permits.try_acquire());
  EXPECT_FALSE(permits.try_acquire());
  EXPECT_FALSE(permits.try_acquire_for(1ms));
  elsewhere([&] { permits.release(3); });  // Anybody may.
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(permits.try_acquire());
  EXPECT_FALSE(permits.try_acquire());
  std::jthread waiter([&] { permits.acquire(); });
  permits.release();
  waiter.join();
  EXPECT_FALSE(permits.try_acquire()) << "it went to the waiter, for good";

  const auto bounded = local.shared.bounded_semaphore(1);
  EXPECT_EQ(error_of([&] { bounded.release(); }), std::errc::value_too_large);
  bounded.acquire();
  bounded.release();
}

TEST(managed_semaphore, gives_back_a_permit_that_was_locked) {
  local_manager local;
  const auto seats = local.shared.bounded_semaphore(2);
  elsewhere([&] { seats.acquire(); });
  elsewhere([&] { seats.lock(); });
  seats.lock();
  EXPECT_FALSE(seats.try_lock()) << "what was acquired is gone";
  elsewhere(
      [&] { EXPECT_EQ(error_of([&] { seats.unlock(); }), std::errc::operation_not_permitted); });
  seats.unlock();
}

TEST(managed_condition_variable, wakes_as_many_as_it_is_told) {
  local_manager local;
  const auto guard = local.shared.mutex();
  const auto changed = local.shared.condition_variable();
  const auto arrived = local.shared.semaphore(0);
  const auto woken = local.shared.semaphore(0);
  std::vector<std::jthread> waiters;
  for (int i = 0; i < 3; ++i) {
    waiters.emplace_back([&] {
      const std::lock_guard lock(guard);
      arrived.release();
      changed.wait(guard);
      woken.release();
    });
  }
  for (int i = 0; i < 3; ++i) arrived.acquire();
  const auto notify = [&](auto how) {
    const std::lock_guard lock(guard);  // So all have begun to wait.
    how();
  };
  notify([&] { changed.notify(2); });
  woken.acquire();
  woken.acquire();
  EXPECT_FALSE(woken.try_acquire_for(1ms));
  notify([&] { changed.notify_all(); });
  woken.acquire();
}

TEST(managed_condition_variable, waits_with_patience_and_the_lock_only) {
  local_manager local;
  const auto guard = local.shared.recursive_mutex();
  const auto changed = local.shared.condition_variable();
  EXPECT_EQ(error_of([&] { changed.wait(guard); }), std::errc::operation_not_permitted);
  unique_lock lock(guard);
  EXPECT_TRUE(guard.try_lock());
  EXPECT_FALSE(changed.wait_for(lock, 1ms));
  std::stop_source stop;
  std::jthread stopper([&] {
    const std::lock_guard free(guard);  // All levels are given back.
    stop.request_stop();
  });
  EXPECT_FALSE(changed.wait_until(guard, deadline::never(), stop.get_token()));
  guard.unlock();
  elsewhere([&] { EXPECT_FALSE(guard.try_lock()) << "held again"; });
  EXPECT_FALSE(changed.wait_for(lock, 1ms, [] { return false; }));
  EXPECT_TRUE(changed.wait_for(lock, 1ms, [] { return true; }));
  const auto soon = [] { return std::chrono::system_clock::now() + 1ms; };
  EXPECT_FALSE(changed.wait_until(lock, soon()));
  EXPECT_FALSE(changed.wait_until(lock, soon(), [] { return false; }));
  EXPECT_FALSE(changed.wait(lock, [] { return false; }, stop.get_token()));
}

TEST(managed_event, releases_all_who_wait) {
  local_manager local;
  const auto flag = local.shared.event();
  EXPECT_FALSE(flag.is_set());
  EXPECT_FALSE(flag.wait_for(1ms));
  EXPECT_FALSE(flag.wait_until(std::chrono::system_clock::now() + 1ms));
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_FALSE(flag.wait(stop.get_token()));
  std::jthread one([&] { flag.wait(); });
  std::jthread other([&] { flag.wait(); });
  flag.set();
  EXPECT_TRUE(flag.is_set());
  flag.wait();
  one.join();
  other.join();
  flag.clear();
  EXPECT_FALSE(flag.is_set());
}

TEST(managed_barrier, lets_all_pass_together) {
  local_manager local;
  const auto gate = local.shared.barrier(3);
  EXPECT_EQ(gate.parties(), 3U);
  const auto places = local.shared.list<std::size_t>();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 5; ++round) places.push_back(gate.wait());
      });
    }
  }
  std::vector<std::size_t> got = places.values();
  std::ranges::sort(got);
  EXPECT_EQ(got, (std::vector<std::size_t>{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2}));
  EXPECT_EQ(gate.wait_for(1ms).error(), barrier_errc::timeout);
  EXPECT_TRUE(gate.broken());
  EXPECT_THROW(gate.wait(), broken_barrier);
  gate.reset();
  EXPECT_FALSE(gate.broken());
  const auto soon = std::chrono::system_clock::now() + 1ms;
  EXPECT_EQ(gate.wait_until(soon).error(), barrier_errc::timeout);
  gate.reset();
  std::jthread waiter([&] { EXPECT_EQ(gate.wait({}).error(), barrier_errc::broken); });
  while (gate.waiting() == 0) std::this_thread::yield();
  gate.abort();
  waiter.join();
  EXPECT_THROW(static_cast<void>(local.shared.barrier(0)), std::invalid_argument);
}

// Whoever waits for what a dead client had, gets it.
TEST(managed_locks, are_released_when_their_holder_is_killed) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  local_manager local;
  const auto guard = local.shared.mutex();
  const auto again = local.shared.recursive_mutex();
  const auto seats = local.shared.semaphore(1);
  const auto bounded = local.shared.bounded_semaphore(1);
  process holder = child_that_sleeps_in([=](auto ready) {
    guard.lock();
    again.lock();
    again.lock();
    seats.lock();
    bounded.lock();
    ready();
  });
  EXPECT_FALSE(guard.try_lock() || again.try_lock() || seats.try_lock() || bounded.try_lock());
  std::jthread waiter([&] { guard.lock(); });
  kill_and_wait(holder);
  again.lock();
  seats.lock();
  bounded.lock();
  waiter.join();
}

// Those who die while they wait get nothing, and keep nothing from the others.
TEST(managed_locks, forget_who_is_killed_while_he_waits) {
  if (under_thread_sanitizer) GTEST_SKIP() << "the sanitizer starts no threads after such a fork";
  local_manager local;
  const auto guard = local.shared.mutex();
  const auto permits = local.shared.semaphore(0);
  const auto changed = local.shared.condition_variable();
  const auto gate = local.shared.barrier(2);
  for (int round = 0; round < 10; ++round) {
    guard.lock();
    process locks = child_that_sleeps_in([=](auto ready) {
      ready();
      guard.lock();
    });
    process acquires = child_that_sleeps_in([=](auto ready) {
      ready();
      permits.acquire();
    });
    kill_and_wait(locks);
    kill_and_wait(acquires);
    guard.unlock();
    elsewhere([&] { guard.lock(); });
    permits.release();
    permits.acquire();

    process waits = child_that_sleeps_in([=](auto ready) {
      guard.lock();
      ready();
      changed.wait(guard);
    });
    bool waiting = false;
    bool notified = false;
    std::jthread other([&] {
      const std::lock_guard lock(guard);
      waiting = true;
      changed.wait(guard);
      notified = true;
    });
    const auto look = [&](const bool& at) {
      const std::lock_guard lock(guard);
      return at;
    };
    while (!look(waiting)) std::this_thread::yield();
    kill_and_wait(waits);
    // One is enough: if the dead one still gets it, it is passed on.
    changed.notify_one();
    while (!look(notified)) std::this_thread::yield();
    other.join();

    process meets = child_that_sleeps_in([=](auto ready) {
      ready();
      gate.wait();
    });
    while (gate.waiting() == 0) std::this_thread::yield();
    kill_and_wait(meets);
    while (!gate.broken()) std::this_thread::yield();
    gate.reset();
  }
}

}  // namespace
}  // namespace par
