// condition_variable over every kind of lock, and its forms without a predicate.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>

#include "par/locks/condition_variable.h"
#include "par/locks/mutex.h"
#include "par/locks/recursive_mutex.h"
#include "par/pools/thread.h"
#include "sleeper.h"
#include "unanalysed.h"

namespace {

using namespace std::chrono_literals;
using lock_type = par::unique_lock<par::mutex>;

// Each is true if notified.
struct wait_form {
  const char* name;
  std::function<bool(par::condition_variable&, lock_type&, const std::stop_token&)> wait;
  bool stoppable;
};

bool notified(std::cv_status status) {
  return status == std::cv_status::no_timeout;
}

const wait_form forms[] = {
    {"forever", [](auto& c, auto& l, auto&) { return c.wait(l), true; }, false},
    {"for", [](auto& c, auto& l, auto&) { return notified(c.wait_for(l, 60s)); }, false},
    {"until",
     [](auto& c, auto& l, auto&) {
       return notified(c.wait_until(l, std::chrono::system_clock::now() + 60s));
     },
     false},
    {"deadline",
     [](auto& c, auto& l, auto&) { return notified(c.wait_until(l, par::deadline::in(60s))); },
     false},
    {"stop", [](auto& c, auto& l, auto& s) { return c.wait(l, s); }, true},
    {"stop, for", [](auto& c, auto& l, auto& s) { return c.wait_for(l, s, 60s); }, true},
    {"stop, until",
     [](auto& c, auto& l, auto& s) {
       return c.wait_until(l, s, std::chrono::steady_clock::now() + 60s);
     },
     true},
    {"stop, deadline",
     [](auto& c, auto& l, auto& s) { return c.wait_until(l, s, par::deadline::never()); }, true},
};

class condition_variable_form : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::sleeper::possible()) GTEST_SKIP() << "/proc does not tell who sleeps";
  }
};

TEST_F(condition_variable_form, is_ended_by_a_notification) {
  for (const wait_form& form : forms) {
    SCOPED_TRACE(form.name);
    par::mutex guard;
    par::condition_variable bell;
    std::optional<bool> result;
    test::sleeper other([&] {
      lock_type lock(guard);
      result = form.wait(bell, lock, std::stop_source().get_token());
    });
    other.wait_until_asleep();
    bell.notify_one();
    other.join();
    EXPECT_EQ(result, true);
  }
}

TEST_F(condition_variable_form, is_ended_by_a_stop) {
  for (const wait_form& form : forms) {
    if (!form.stoppable) continue;
    SCOPED_TRACE(form.name);
    par::mutex guard;
    par::condition_variable bell;
    std::stop_source stop;
    std::optional<bool> result;
    test::sleeper other([&] {
      lock_type lock(guard);
      result = form.wait(bell, lock, stop.get_token());
    });
    other.wait_until_asleep();
    stop.request_stop();
    other.join();
    EXPECT_EQ(result, false);
  }
}

TEST_F(condition_variable_form, is_ended_by_its_time) {
  par::mutex guard;
  par::condition_variable bell;
  lock_type lock(guard);
  const std::stop_source stop;
  EXPECT_EQ(bell.wait_until(lock, par::deadline::in(1ms)), std::cv_status::timeout);
  EXPECT_FALSE(bell.wait_for(lock, stop.get_token(), 1ms));
  EXPECT_FALSE(bell.wait_until(lock, stop.get_token(), std::chrono::system_clock::now()));
  EXPECT_FALSE(bell.wait_until(lock, stop.get_token(), std::chrono::system_clock::now(),
                               [] { return false; }));
}

// A wait gives back all levels, and has them again afterwards.
template <class Wait>
void expect_all_levels_given_back(par::recursive_mutex& guard, std::size_t levels, Wait wait) {
  bool free_meanwhile = false;
  par::condition_variable bell;
  const par::thread other("ring", [&] {
    const std::lock_guard lock(guard);  // Only free while the wait is on.
    free_meanwhile = true;
    bell.notify_one();
  });
  wait(bell, [&] { return free_meanwhile; });
  EXPECT_EQ(guard.levels(), levels);
}

TEST(condition_variable_lock, recursive_mutex_is_given_back_with_all_its_levels) {
  par::recursive_mutex guard;
  guard.lock();
  guard.lock();
  guard.lock();
  expect_all_levels_given_back(guard, 3, [&](auto& bell, auto done) { bell.wait(guard, done); });
  EXPECT_EQ(guard.unlock_all(), 3U);
}

TEST(condition_variable_lock, so_it_is_through_a_guard) {
  par::recursive_mutex guard;
  const par::lock_guard outermost(guard);
  {
    par::unique_lock lock(guard);
    expect_all_levels_given_back(guard, 2, [&](auto& bell, auto done) { bell.wait(lock, done); });
  }
  std::unique_lock lock(guard);
  expect_all_levels_given_back(guard, 2, [&](auto& bell, auto done) { bell.wait(lock, done); });
  EXPECT_TRUE(lock.owns_lock());
}

TEST(condition_variable_lock, any_basic_lockable_will_do) {
  struct plain {  // Not copyable, no try_lock, no owns_lock.
    void lock() { inner.lock(); }
    void unlock() { inner.unlock(); }
    std::mutex inner;
  };
  plain guard;
  par::condition_variable bell;
  bool ready = false;
  guard.lock();
  const par::thread other("ring", [&] {
    const std::lock_guard inner(guard);
    ready = true;
    bell.notify_one();
  });
  bell.wait(guard, [&] { return ready; });
  guard.unlock();
}

TEST(condition_variable_lock, waiting_with_a_lock_one_does_not_hold_throws) {
  par::mutex guard;
  par::recursive_mutex recursive;
  par::condition_variable bell;
  par::unique_lock lock(guard, std::defer_lock);
  std::unique_lock recursive_lock(recursive, std::defer_lock);
  EXPECT_THROW(bell.wait(guard), std::system_error);
  EXPECT_THROW(bell.wait(lock), std::system_error);
  EXPECT_THROW(bell.wait(recursive), std::system_error);
  EXPECT_THROW(bell.wait(recursive_lock), std::system_error);
  bell.notify_all();  // Nobody is left behind on the list.
}

// A lock whose unlock fails, after something has happened in it.
struct failing_lock {
  std::function<void()> before_it_fails;
  void lock() {}
  void unlock() {
    before_it_fails();
    throw std::system_error(std::make_error_code(std::errc::operation_not_permitted));
  }
};

TEST_F(condition_variable_form, a_wait_that_fails_passes_its_notification_on) {
  par::mutex guard;
  par::condition_variable bell;
  std::optional<test::sleeper> next;
  failing_lock failing{[&] {
    next.emplace([&] {
      lock_type lock(guard);
      bell.wait(lock);
    });
    next->wait_until_asleep();
    bell.notify_one();  // Chooses the one that came first, whose wait is about to fail.
  }};
  EXPECT_THROW(bell.wait(failing), std::system_error);
  next->join();
}

}  // namespace
