#include "par/locks/barrier.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "model/data.h"
#include "model/explorer.h"
#include "model/sync.h"

namespace {

using number = par::detail::atomic<int>;

struct meeting {
  explicit meeting(std::size_t parties) : point(parties, [this] { actions.fetch_add(1); }) {}
  number actions{0};
  number indices{0};  // One decimal digit for each index: how often it was given.
  number failures{0};
  par::barrier point;

  void count(const par::expected<std::size_t, par::barrier_errc>& index) {
    if (!index) {
      failures.fetch_add(1);
      return;
    }
    indices.fetch_add(*index == 0 ? 1 : *index == 1 ? 10 : 100);
  }
};

TEST(barrier_model, every_round_has_each_index_once) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto m = std::make_shared<meeting>(2);
    for (int i = 0; i < 2; ++i) {
      s.thread([=] {
        for (int round = 1; round <= 2; ++round) {
          m->count(m->point.wait());
          if (m->actions.load() < round) m->failures.fetch_add(1);
        }
      });
    }
    s.at_end([=] { return m->indices.load() == 22 && m->failures.load() == 0; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
  EXPECT_GT(v.runs, 100U);
}

// What each has written before the point, all may read after it.
TEST(barrier_model, publishes_what_came_before) {
  const model::verdict v = model::explore([](model::scenario& s) {
    struct written {
      par::barrier point{2};
      model::data<int> by[2];
      model::data<int> sums[2];
    };
    auto w = std::make_shared<written>();
    for (std::size_t i = 0; i < 2; ++i) {
      s.thread([=] {
        w->by[i].set(1);
        static_cast<void>(w->point.wait());
        w->sums[i].set(w->by[0].get() + w->by[1].get());
      });
    }
    s.at_end([=] { return w->sums[0].get() == 2 && w->sums[1].get() == 2; });
  });
  EXPECT_TRUE(v.holds()) << v;
}

TEST(barrier_model, of_three_passes_three) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto m = std::make_shared<meeting>(3);
    for (int i = 0; i < 3; ++i) {
      s.thread([=] { m->count(m->point.wait()); });
    }
    s.at_end([=] { return m->indices.load() == 111 && m->actions.load() == 1; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

// Either all pass or none does.
TEST(barrier_model, a_time_out_breaks_it_for_all_or_for_none) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto m = std::make_shared<meeting>(2);
    for (int i = 0; i < 2; ++i) {
      s.thread([=] { m->count(m->point.wait_for(std::chrono::hours(1))); });
    }
    s.at_end([=] {
      const bool passed = m->indices.load() == 11 && !m->point.broken();
      const bool broken = m->failures.load() == 2 && m->point.broken();
      return passed || broken;
    });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

TEST(barrier_model, abort_leaves_nobody_waiting) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto m = std::make_shared<meeting>(3);
    for (int i = 0; i < 2; ++i) {
      s.thread([=] { m->count(m->point.wait_until(par::deadline::never())); });
    }
    s.thread([=] { m->point.abort(); });
    s.at_end([=] { return m->failures.load() == 2; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

}  // namespace
