#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "model/explorer.h"
#include "model/sync.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace {

struct guarded {
  par::mutex guard;
  par::detail::atomic<int> value{0};
};

// Whole only if nobody else is inside.
void increment(guarded& g) {
  g.value.store(g.value.load() + 1);
}

void locked_increment(guarded& g) {
  const par::lock_guard lock(g.guard);
  increment(g);
}

TEST(mutex_model, excludes_and_never_loses_a_wake_up) {
  for (const int threads : {2, 3}) {
    const model::verdict v = model::explore([threads](model::scenario& s) {
      auto g = std::make_shared<guarded>();
      for (int i = 0; i < threads; ++i) {
        s.thread([g] {
          locked_increment(*g);
          locked_increment(*g);
        });
      }
      s.at_end([g, threads] { return g->value.load() == 2 * threads; });
    });
    EXPECT_TRUE(v.holds()) << threads << " threads: " << v.failure << " after " << v.runs;
    EXPECT_GT(v.runs, 100U);
  }
}

TEST(mutex_model, waiters_that_give_up_leave_it_whole) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto g = std::make_shared<guarded>();
    auto given_up = std::make_shared<par::detail::atomic<int>>(0);
    s.thread([g] { locked_increment(*g); });
    s.thread([g] { locked_increment(*g); });
    s.thread([g, given_up] {
      if (!g->guard.try_lock_for(std::chrono::hours(1))) {
        given_up->fetch_add(1);
        return;
      }
      increment(*g);
      g->guard.unlock();
    });
    s.at_end(
        [g, given_up] { return g->value.load() + given_up->load() == 3 && g->guard.try_lock(); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

}  // namespace
