#include "par/locks/event.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "par/pools/thread.h"
#include "sleeper.h"

namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

struct wait_form {
  const char* name;
  std::function<bool(par::event&)> wait;
};

const wait_form patient_forms[] = {
    {"forever", [](par::event& e) { return e.wait(), true; }},
    {"for", [](par::event& e) { return e.wait_for(60s); }},
    {"until", [](par::event& e) { return e.wait_until(std::chrono::system_clock::now() + 60s); }},
    {"deadline", [](par::event& e) { return e.wait_until(par::deadline::in(60s)); }},
    {"stop", [](par::event& e) { return e.wait(std::stop_source().get_token()); }},
    {"for and stop", [](par::event& e) { return e.wait_for(60s, std::stop_source().get_token()); }},
};

TEST(event, is_a_flag) {
  par::event e;
  EXPECT_FALSE(e.is_set());
  e.set();
  e.set();
  EXPECT_TRUE(e.is_set());
  e.clear();
  e.clear();
  EXPECT_FALSE(e.is_set());
}

TEST(event, lets_through_while_it_is_set) {
  for (const wait_form& form : patient_forms) {
    SCOPED_TRACE(form.name);
    par::event e;
    e.set();
    EXPECT_TRUE(form.wait(e));
    EXPECT_TRUE(form.wait(e));
  }
}

TEST(event, set_releases_all_who_wait) {
  for (const wait_form& form : patient_forms) {
    SCOPED_TRACE(form.name);
    par::event e;
    std::atomic<int> released = 0;
    {
      std::vector<par::thread> team;
      for (int i = 0; i < 3; ++i) {
        team.emplace_back("wait", [&] { released += form.wait(e) ? 1 : 0; });
      }
      e.set();
    }
    EXPECT_EQ(released, 3);
  }
}

TEST(event, one_released_stays_released_though_clear_follows_at_once) {
  if (!test::sleeper::possible()) GTEST_SKIP() << "/proc does not tell who sleeps";
  for (const wait_form& form : patient_forms) {
    SCOPED_TRACE(form.name);
    par::event e;
    bool released = false;
    test::sleeper other([&] { released = form.wait(e); });
    other.wait_until_asleep();
    e.set();
    e.clear();
    other.join();
    EXPECT_TRUE(released);
  }
}

TEST(event, timed_wait_ends_at_its_time) {
  par::event e;
  const auto start = clock_type::now();
  EXPECT_FALSE(e.wait_for(20ms));
  EXPECT_GE(clock_type::now() - start, 20ms);
  EXPECT_FALSE(e.wait_until(clock_type::now() - 1s));
  EXPECT_FALSE(e.wait_for(1ms, std::stop_source().get_token()));
}

TEST(event, works_after_all_gave_up) {
  par::event e;
  EXPECT_FALSE(e.wait_for(1ms));
  e.clear();
  EXPECT_FALSE(e.is_set());
  e.set();
  EXPECT_TRUE(e.is_set());
  EXPECT_TRUE(e.wait_for(0s));
}

TEST(event, stop_ends_a_wait) {
  if (!test::sleeper::possible()) GTEST_SKIP() << "/proc does not tell who sleeps";
  par::event e;
  std::stop_source stop;
  std::optional<bool> stopped, other;
  test::sleeper first([&] { stopped = e.wait(stop.get_token()); });
  test::sleeper second([&] { other = e.wait_for(60s); });
  first.wait_until_asleep();
  second.wait_until_asleep();
  stop.request_stop();
  first.join();
  EXPECT_EQ(stopped, false);
  EXPECT_FALSE(e.wait(stop.get_token())) << "requested before";
  e.set();
  EXPECT_TRUE(e.wait(stop.get_token())) << "the flag counts more";
  second.join();
  EXPECT_EQ(other, true);
}

TEST(event, may_go_as_soon_as_the_wait_is_over) {
  for (int i = 0; i < 2'000; ++i) {
    auto e = std::make_unique<par::event>();
    const par::thread setter("set", [raw = e.get()] { raw->set(); });
    e->wait();
    e.reset();  // set() may still be on its way back: address sanitizers watch it.
  }
}

// The consumer clears, then looks; the producer adds, then sets. Nothing may be left lying.
TEST(event, clear_sees_what_came_before_set) {
  constexpr int rounds = 20'000;
  par::event more;
  std::atomic<int> added = 0;
  const par::thread producer("add", [&] {
    for (int i = 0; i < rounds; ++i) {
      added.fetch_add(1, std::memory_order_relaxed);
      more.set();
    }
  });
  for (int seen = 0; seen < rounds;) {
    ASSERT_TRUE(more.wait_for(60s));
    more.clear();
    seen = added.load(std::memory_order_relaxed);
  }
}

}  // namespace
