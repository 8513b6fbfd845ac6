#include "par/locks/recursive_mutex.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <latch>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <vector>

#include "par/pools/thread.h"
#include "unanalysed.h"

namespace {

using namespace std::chrono_literals;

// What f() gives on another thread.
template <class F>
auto elsewhere(F f) {
  std::optional<decltype(f())> result;
  par::thread("elsewhere", [&] { result = f(); }).join();
  return *result;
}

bool is_free(par::recursive_mutex& m) {
  return elsewhere([&] {
    const bool taken = m.try_lock();
    if (taken) m.unlock();
    return taken;
  });
}

struct lock_form {
  const char* name;
  std::function<bool(par::recursive_mutex&)> lock;
};

const lock_form forms[] = {
    {"lock", [](par::recursive_mutex& m) { return m.lock(), true; }},
    {"try", [](par::recursive_mutex& m) { return m.try_lock(); }},
    {"for", [](par::recursive_mutex& m) { return m.try_lock_for(60s); }},
    {"until",
     [](par::recursive_mutex& m) {
       return m.try_lock_until(std::chrono::system_clock::now() + 60s);
     }},
    {"stop", [](par::recursive_mutex& m) { return m.lock(std::stop_source().get_token()); }},
};

TEST(recursive_mutex, is_free_again_after_as_many_unlocks) {
  for (const lock_form& form : forms) {
    SCOPED_TRACE(form.name);
    par::recursive_mutex m;
    EXPECT_TRUE(form.lock(m));
    EXPECT_TRUE(form.lock(m));
    EXPECT_EQ(m.levels(), 2U);
    m.unlock();
    EXPECT_FALSE(is_free(m));
    m.unlock();
    EXPECT_TRUE(is_free(m));
    EXPECT_EQ(m.levels(), 0U);
  }
}

TEST(recursive_mutex, levels_are_the_holders_only) {
  par::recursive_mutex m;
  const std::lock_guard lock(m);
  EXPECT_EQ(m.levels(), 1U);
  EXPECT_EQ(elsewhere([&] { return m.levels(); }), 0U);
}

TEST(recursive_mutex, unlocking_what_one_does_not_hold_throws) {
  par::recursive_mutex m;
  EXPECT_THROW(m.unlock(), std::system_error);
  EXPECT_THROW(m.unlock_all(), std::system_error);
  const std::lock_guard lock(m);
  const std::error_code code = elsewhere([&]() -> std::error_code {
    try {
      m.unlock();
      return {};
    } catch (const std::system_error& e) {
      return e.code();
    }
  });
  EXPECT_EQ(code, std::errc::operation_not_permitted);
  EXPECT_EQ(m.levels(), 1U);
}

TEST(recursive_mutex, one_level_too_many_throws) {
  par::recursive_mutex m;
  m.lock();
  const std::size_t levels = m.unlock_all();
  EXPECT_EQ(levels, 1U);
  m.lock_all(par::recursive_mutex::max_levels);
  EXPECT_FALSE(m.try_lock());
  EXPECT_FALSE(m.try_lock_for(60s));
  EXPECT_THROW(m.lock(), std::system_error);
  EXPECT_EQ(m.unlock_all(), par::recursive_mutex::max_levels);
  EXPECT_TRUE(is_free(m));
}

TEST(recursive_mutex, timed_and_stoppable_locks_give_up) {
  par::recursive_mutex m;
  const std::lock_guard lock(m);
  EXPECT_FALSE(elsewhere([&] { return m.try_lock_for(1ms); }));
  EXPECT_FALSE(elsewhere([&] { return m.try_lock_until(std::chrono::system_clock::now()); }));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(elsewhere([&] { return m.lock(stop.get_token()); }));
  EXPECT_EQ(m.levels(), 1U);
}

TEST(recursive_mutex, keeps_increments_of_many_threads_apart) {
  constexpr int threads = 4, rounds = 5'000;
  par::recursive_mutex m;
  int counter = 0;
  {
    std::vector<par::thread> team;
    for (int i = 0; i < threads; ++i) {
      team.emplace_back("count", [&] {
        for (int n = 0; n < rounds; ++n) {
          const std::lock_guard outer(m);
          const std::lock_guard inner(m);
          ++counter;
        }
      });
    }
  }
  EXPECT_EQ(counter, threads * rounds);
}

}  // namespace
