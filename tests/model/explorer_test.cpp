// The explorer itself: it finds what there is to find, and says how.
#include "model/explorer.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

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

TEST(explorer, needs_a_preemption_to_find_it) {
  EXPECT_TRUE(model::explore(torn_increment, {.preemptions = 0}).holds());
}

TEST(explorer, passes_a_whole_increment) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto n = std::make_shared<counter>(0);
    for (int i = 0; i < 3; ++i) s.thread([n] { n->fetch_add(1); });
    s.at_end([n] { return n->load() == 3; });
  });
  EXPECT_TRUE(v.holds()) << v.failure;
  EXPECT_GT(v.runs, 6U);
}

TEST(explorer, reaches_every_outcome) {
  std::set<std::pair<int, int>> seen;
  const model::verdict v = model::explore([&](model::scenario& s) {
    struct shared {
      counter x{0}, y{0};
      int saw_x = 0, saw_y = 0;
    };
    auto all = std::make_shared<shared>();
    s.thread([all] {
      all->x.store(1);
      all->saw_y = all->y.load();
    });
    s.thread([all] {
      all->y.store(1);
      all->saw_x = all->x.load();
    });
    s.at_end([all, &seen] {
      seen.insert({all->saw_x, all->saw_y});
      return true;
    });
  });
  EXPECT_TRUE(v.holds());
  EXPECT_EQ(seen, (std::set<std::pair<int, int>>{{0, 1}, {1, 0}, {1, 1}}));
}

TEST(explorer, finds_a_deadlock) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto word = std::make_shared<par::detail::atomic<std::uint32_t>>(0);
    s.thread([word] { par::detail::futex_wait(*word, 0); });
  });
  EXPECT_EQ(v.failure, "deadlock");
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
  EXPECT_TRUE(v.holds()) << v.failure;
  EXPECT_LT(v.runs, 10U);
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

}  // namespace
