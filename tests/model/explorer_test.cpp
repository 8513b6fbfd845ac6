// The explorer itself: it finds what there is to find, and says how.
#include "model/explorer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/sync.h"

namespace {

using counter = par::detail::atomic<int>;

void torn_increment(model::scenario& s) {
  auto n = std::make_shared<counter>(0);
  for (int i = 0; i < 2; ++i) {
    s.thread([n] { n->store(n->load() + 1); });
  }
  s.at_end([n] { return n->load() == 2; });
}

TEST(explorer, finds_a_torn_increment_and_replays_it) {
  const model::verdict v = model::explore(torn_increment);
  EXPECT_EQ(v.failure, "wrong result");
  EXPECT_EQ(model::replay(torn_increment, v.schedule).failure, "wrong result");
}

TEST(explorer, prints_what_replays_a_failure) {
  const model::verdict v = model::explore(torn_increment);
  std::ostringstream out;
  out << v;
  const std::string text = out.str();
  const auto from = text.find("schedule: ") + 10;
  const std::string schedule = text.substr(from, text.find('\n', from) - from);
  const model::verdict again = model::replay(torn_increment, schedule);
  EXPECT_EQ(again.failure, "wrong result");
  EXPECT_EQ(again.trace, v.trace);
  EXPECT_FALSE(v.trace.empty());
}

TEST(explorer, finds_by_chance_and_repeats_by_seed) {
  const model::verdict v = model::explore_random(torn_increment, 1, 10'000);
  ASSERT_EQ(v.failure, "wrong result") << v;
  ASSERT_TRUE(v.seed);
  const model::verdict again = model::explore_random(torn_increment, *v.seed, 1);
  EXPECT_EQ(again.failure, "wrong result");
  EXPECT_EQ(again.schedule, v.schedule);
  EXPECT_EQ(model::replay(torn_increment, v.schedule).failure, "wrong result");
}

TEST(explorer, refuses_a_schedule_of_another_test) {
  EXPECT_EQ(model::replay(torn_increment, std::string("9")).failure, "not repeatable");
}

TEST(explorer, refuses_a_test_that_changes_from_run_to_run) {
  int run = 0;
  const model::verdict v = model::explore([&run](model::scenario& s) {
    const int threads = 2 + run++ % 2;
    auto n = std::make_shared<counter>(0);
    for (int i = 0; i < threads; ++i) s.thread([n] { n->fetch_add(1); });
  });
  EXPECT_EQ(v.failure, "not repeatable");
}

TEST(explorer, stops_at_the_limit_of_runs) {
  EXPECT_EQ(model::explore(torn_increment, {.preemptions = 0, .runs = 1}).failure, "too many runs");
}

TEST(explorer, fails_on_an_exception) {
  const model::verdict v = model::explore(
      [](model::scenario& s) { s.thread([] { throw std::runtime_error("thrown by the test"); }); });
  EXPECT_EQ(v.failure, "exception");
  EXPECT_THAT(v.trace, testing::Contains(testing::HasSubstr("thrown by the test")));
}

// Switching while one is handled must not mix up those of two threads.
TEST(explorer, keeps_the_exceptions_of_threads_apart) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto n = std::make_shared<counter>(0);
    auto caught = std::make_shared<std::vector<int>>(2);
    for (int i = 0; i < 2; ++i) {
      s.thread([n, caught, i] {
        try {
          throw i;
        } catch (...) {
          n->fetch_add(1);
          try {
            throw;
          } catch (int mine) {
            (*caught)[static_cast<std::size_t>(i)] = mine;
          }
        }
      });
    }
    s.at_end([caught] { return *caught == std::vector{0, 1}; });
  });
  EXPECT_TRUE(v.holds()) << v;
}

// Counts those of its kind, and says so in n when it goes.
struct counted_local {
  ~counted_local() {
    if (goes_to != nullptr) goes_to->fetch_add(value);
  }
  int value = 0;
  counter* goes_to = nullptr;
};

thread_local int plain = 7;
thread_local counted_local with_destructor;

TEST(explorer, gives_each_thread_its_own_thread_locals) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto sum = std::make_shared<counter>(0);
    for (int i = 1; i <= 2; ++i) {
      s.thread([sum, i] {
        plain += i;
        with_destructor.value = i;
        with_destructor.goes_to = sum.get();
        sum->fetch_add(0);
        if (plain != 7 + i || with_destructor.value != i) sum->fetch_add(100);
      });
    }
    s.at_end([sum] { return sum->load() == 3; });
  });
  EXPECT_TRUE(v.holds()) << v;
  EXPECT_EQ(plain, 7);
}

TEST(explorer, gives_each_thread_its_own_id) {
  std::set<pid_t> seen;
  const model::verdict v = model::explore([&seen](model::scenario& s) {
    for (int i = 0; i < 3; ++i) s.thread([&seen] { seen.insert(gettid()); });
  });
  EXPECT_TRUE(v.holds()) << v;
  EXPECT_EQ(seen.size(), 3U);
}

TEST(explorer, needs_a_preemption_or_a_stale_read_to_find_it) {
  const auto failure = [](int preemptions, int stale_reads) {
    return model::explore(torn_increment, {.preemptions = preemptions, .stale_reads = stale_reads})
        .failure;
  };
  EXPECT_EQ(failure(0, 0), "");
  EXPECT_EQ(failure(1, 0), "wrong result");
  EXPECT_EQ(failure(0, 1), "wrong result");
}

TEST(explorer, passes_a_whole_increment) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto n = std::make_shared<counter>(0);
    for (int i = 0; i < 3; ++i) s.thread([n] { n->fetch_add(1); });
    s.at_end([n] { return n->load() == 3; });
  });
  EXPECT_TRUE(v.holds()) << v;
  EXPECT_GT(v.runs, 6U);
}

TEST(explorer, finds_a_deadlock) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto word = std::make_shared<par::detail::atomic<std::uint32_t>>(0);
    s.thread([word] { par::detail::futex_wait(*word, 0); });
  });
  EXPECT_EQ(v.failure, "deadlock");
}

TEST(explorer, wakes_a_futex_for_no_reason_once) {
  const auto waits = [](model::scenario& s) {
    auto word = std::make_shared<par::detail::atomic<std::uint32_t>>(0);
    s.thread([word] { par::detail::futex_wait(*word, 0); });
    s.thread([word] {
      word->store(1);
      par::detail::futex_wake(*word, 1);
    });
    s.at_end([word] { return word->load() == 1; });
  };
  const model::verdict with = model::explore(waits);
  const model::verdict without = model::explore(waits, {.spurious = 0});
  EXPECT_TRUE(with.holds()) << with;
  EXPECT_TRUE(without.holds()) << without;
  EXPECT_GT(with.runs, without.runs);
}

TEST(explorer, finds_a_run_that_does_not_end) {
  const model::verdict v = model::explore(
      [](model::scenario& s) {
        auto n = std::make_shared<counter>(0);
        s.thread([n] {
          while (n->load() == 0) {
          }
        });
      },
      {.steps = 100});
  EXPECT_EQ(v.failure, "does not end");
}

TEST(explorer, runs_others_before_one_that_spins) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto n = std::make_shared<counter>(0);
    s.thread([n] {
      while (n->load() == 0) par::detail::spin_pause();
    });
    s.thread([n] { n->store(1); });
  });
  EXPECT_TRUE(v.holds()) << v;
  EXPECT_LT(v.runs, 100U);
}

TEST(explorer, lets_timed_waits_time_out_and_be_woken) {
  std::set<bool> woken;
  const model::verdict v = model::explore([&](model::scenario& s) {
    auto word = std::make_shared<par::detail::atomic<std::uint32_t>>(0);
    auto result = std::make_shared<bool>(false);
    s.thread([word, result] {
      *result = par::detail::futex_wait(*word, 0, par::deadline::in(std::chrono::hours(1)));
    });
    s.thread([word] { par::detail::futex_wake_all(*word); });
    s.at_end([result, &woken] {
      woken.insert(*result);
      return true;
    });
  });
  EXPECT_TRUE(v.holds());
  EXPECT_EQ(woken, (std::set<bool>{false, true}));
}

// One sleeps a little again and again. When the other one has ended nobody is left to be early for.
TEST(explorer, lets_few_waits_time_out_while_another_thread_can_go_on) {
  const auto longest = [](int early_timeouts) {
    int most = 0;
    const model::verdict v = model::explore(
        [&](model::scenario& s) {
          auto word = std::make_shared<par::detail::atomic<std::uint32_t>>(0);
          auto naps = std::make_shared<int>(0);
          s.thread([word, naps] {
            while (word->load() == 0) {
              const auto soon = par::deadline::in(std::chrono::milliseconds(1));
              if (!par::detail::futex_wait(*word, 0, soon)) ++*naps;
            }
          });
          s.thread([word] { word->store(1); });
          s.at_end([naps, &most] {
            most = std::max(most, *naps);
            return true;
          });
        },
        {.early_timeouts = early_timeouts, .steps = 1'000});
    EXPECT_TRUE(v.holds()) << v;
    return most;
  };
  EXPECT_EQ(longest(0), 1);
  EXPECT_EQ(longest(2), 3);
}

// One sleeps a little until the other is done, which sleeps longer.
TEST(explorer, lets_that_wait_time_out_first_that_has_the_least_time_left) {
  const model::verdict v = model::explore(
      [](model::scenario& s) {
        auto words = std::make_shared<std::array<par::detail::atomic<std::uint32_t>, 2>>();
        s.thread([words] {
          while ((*words)[0].load() == 0) {
            const auto soon = par::deadline::in(std::chrono::milliseconds(1));
            par::detail::futex_wait((*words)[1], 0, soon);
          }
        });
        s.thread([words] {
          const auto later = par::deadline::in(std::chrono::milliseconds(3));
          par::detail::futex_wait((*words)[1], 0, later);
          (*words)[0].store(1);
        });
      },
      {.steps = 1'000});
  EXPECT_TRUE(v.holds()) << v;
}

TEST(explorer, has_a_clock_that_goes_to_the_deadline_of_a_wait_that_times_out) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto word = std::make_shared<par::detail::atomic<std::uint32_t>>(0);
    auto right = std::make_shared<bool>(false);
    s.thread([word, right] {
      const auto until = par::deadline::in(std::chrono::hours(1));
      const auto later = par::deadline::in(std::chrono::hours(2));
      const bool too_soon = until.passed();
      const bool woken = par::detail::futex_wait(*word, 0, until);
      *right = !too_soon && until.passed() == !woken && !later.passed();
    });
    s.thread([word] { par::detail::futex_wake_all(*word); });
    s.at_end([right] { return *right; });
  });
  EXPECT_TRUE(v.holds()) << v;
}

}  // namespace
