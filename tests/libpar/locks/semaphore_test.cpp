#include "par/locks/semaphore.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <system_error>
#include <vector>

#include "par/locks/bounded_semaphore.h"
#include "par/pools/thread.h"
#include "sleeper.h"

namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

struct acquire_form {
  const char* name;
  std::function<bool(par::semaphore&)> acquire;
};

const acquire_form patient_forms[] = {
    {"forever", [](par::semaphore& s) { return s.acquire(), true; }},
    {"for", [](par::semaphore& s) { return s.try_acquire_for(60s); }},
    {"until", [](par::semaphore& s) { return s.try_acquire_until(clock_type::now() + 60s); }},
    {"deadline", [](par::semaphore& s) { return s.try_acquire_until(par::deadline::never()); }},
    {"stop", [](par::semaphore& s) { return s.acquire(std::stop_source().get_token()); }},
    {"for and stop",
     [](par::semaphore& s) { return s.try_acquire_for(60s, std::stop_source().get_token()); }},
};

std::size_t free_permits(par::semaphore& s) {
  std::size_t count = 0;
  while (s.try_acquire()) ++count;
  s.release(count);
  return count;
}

TEST(semaphore, gives_out_as_many_permits_as_it_has) {
  par::semaphore s(2);
  EXPECT_TRUE(s.try_acquire());
  EXPECT_TRUE(s.try_acquire());
  EXPECT_FALSE(s.try_acquire());
  s.release();
  EXPECT_TRUE(s.try_acquire());
  s.release(5);
  EXPECT_EQ(free_permits(s), 5U);
}

TEST(semaphore, starts_with_one_unless_told_otherwise) {
  par::semaphore one, none(0);
  EXPECT_EQ(free_permits(one), 1U);
  EXPECT_EQ(free_permits(none), 0U);
}

TEST(semaphore, every_form_takes_a_free_permit) {
  for (const acquire_form& form : patient_forms) {
    SCOPED_TRACE(form.name);
    par::semaphore s(1);
    EXPECT_TRUE(form.acquire(s));
    EXPECT_EQ(free_permits(s), 0U);
  }
}

TEST(semaphore, every_form_waits_for_a_permit) {
  for (const acquire_form& form : patient_forms) {
    SCOPED_TRACE(form.name);
    par::semaphore s(0);
    bool acquired = false;
    {
      const par::thread other("acquire", [&] { acquired = form.acquire(s); });
      s.release();
    }
    EXPECT_TRUE(acquired);
    EXPECT_EQ(free_permits(s), 0U);
  }
}

TEST(semaphore, release_wakes_exactly_as_many_and_the_longest_waiting) {
  if (!test::sleeper::possible()) GTEST_SKIP() << "/proc does not tell who sleeps";
  par::semaphore s(0);
  std::atomic<int> in = 0;
  std::vector<std::unique_ptr<test::sleeper>> team;
  for (int i = 0; i < 5; ++i) {
    team.push_back(std::make_unique<test::sleeper>([&] {
      s.acquire();
      ++in;
    }));
    team.back()->wait_until_asleep();
  }
  s.release(2);
  team[0]->join();
  team[1]->join();
  EXPECT_EQ(in, 2);
  EXPECT_FALSE(s.try_acquire()) << "both went to those who wait";
  for (std::size_t i = 2; i < 5; ++i) team[i]->wait_until_asleep();
  s.release(4);
  for (std::size_t i = 2; i < 5; ++i) team[i]->join();
  EXPECT_EQ(free_permits(s), 1U);
}

TEST(semaphore, timed_acquire_ends_at_its_time_and_leaves_no_trace) {
  par::semaphore s(0);
  const auto start = clock_type::now();
  EXPECT_FALSE(s.try_acquire_for(20ms));
  EXPECT_GE(clock_type::now() - start, 20ms);
  EXPECT_FALSE(s.try_acquire_until(std::chrono::system_clock::now() - 1s));
  s.release(3);
  EXPECT_EQ(free_permits(s), 3U);
}

TEST(semaphore, stop_ends_a_wait_of_one_thread_only) {
  if (!test::sleeper::possible()) GTEST_SKIP() << "/proc does not tell who sleeps";
  par::semaphore s(0);
  std::stop_source stop;
  std::optional<bool> stopped;
  test::sleeper first([&] { stopped = s.acquire(stop.get_token()); });
  first.wait_until_asleep();
  test::sleeper second([&] { s.acquire(); });
  second.wait_until_asleep();
  stop.request_stop();
  first.join();
  EXPECT_EQ(stopped, false);
  EXPECT_FALSE(s.acquire(stop.get_token())) << "requested before";
  s.release();
  second.join();
  s.release();
  EXPECT_TRUE(s.acquire(stop.get_token())) << "a free permit counts more";
}

TEST(semaphore, lets_in_no_more_than_its_permits) {
  constexpr int permits = 3, threads = 8, rounds = 5'000;
  par::semaphore s(permits);
  std::atomic<int> inside = 0, most = 0;
  {
    std::vector<par::thread> team;
    for (int i = 0; i < threads; ++i) {
      team.emplace_back("enter", [&, i] {
        for (int n = 0; n < rounds; ++n) {
          if (i % 2 == 0) {
            s.acquire();
          } else if (!s.try_acquire_for(std::chrono::microseconds(n % 50))) {
            continue;
          }
          const int now = ++inside;
          for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
          }
          --inside;
          s.release();
        }
      });
    }
  }
  EXPECT_LE(most, permits);
  EXPECT_EQ(free_permits(s), std::size_t{permits});
}

TEST(semaphore, may_go_when_its_last_permit_is_taken) {
  for (int i = 0; i < 2'000; ++i) {
    auto s = std::make_unique<par::semaphore>(0);
    const par::thread other("release", [raw = s.get()] { raw->release(2); });
    s->acquire();
    s->acquire();
    s.reset();  // release() may still be on its way back: address sanitizers watch it.
  }
}

TEST(semaphore, more_than_can_be_counted_is_misuse) {
  EXPECT_THROW(par::semaphore(par::semaphore::max() + 1), std::invalid_argument);
  par::semaphore s(par::semaphore::max() - 1);
  s.release();
  EXPECT_THROW(s.release(), std::system_error);
  EXPECT_THROW(s.release(static_cast<std::size_t>(-1)), std::system_error);
  EXPECT_TRUE(s.try_acquire());
  s.release();
}

TEST(bounded_semaphore, takes_back_no_more_than_it_gave) {
  par::bounded_semaphore s(2);
  EXPECT_THROW(s.release(), std::system_error);
  s.acquire();
  EXPECT_THROW(s.release(2), std::system_error);
  s.release();
  EXPECT_TRUE(s.try_acquire());
  EXPECT_TRUE(s.try_acquire_for(1ms));
  EXPECT_FALSE(s.try_acquire_until(clock_type::now()));
  EXPECT_THROW(s.release(3), std::system_error);
  s.release(2);
  try {
    s.release();
    FAIL() << "past the bound";
  } catch (const std::system_error& e) {
    EXPECT_EQ(e.code(), std::errc::value_too_large);
  }
}

}  // namespace
