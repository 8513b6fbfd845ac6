#include "par/locks/recursive_mutex.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <mutex>

#include "model/data.h"
#include "model/explorer.h"
#include "par/locks/condition_variable.h"

namespace {

struct guarded {
  par::recursive_mutex guard;
  par::condition_variable changed;
  model::data<int> value{0};
};

void increment_twice_locked(guarded& g) {
  const std::lock_guard outer(g.guard);
  const std::lock_guard inner(g.guard);
  g.value.set(g.value.get() + 1);
}

TEST(recursive_mutex_model, excludes_and_never_loses_a_wake_up) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto g = std::make_shared<guarded>();
    for (int i = 0; i < 3; ++i) s.thread([=] { increment_twice_locked(*g); });
    s.at_end([=] { return g->value.get() == 3; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
  EXPECT_GT(v.runs, 100U);
}

TEST(recursive_mutex_model, a_waiter_that_gives_up_leaves_it_whole) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto g = std::make_shared<guarded>();
    auto given_up = std::make_shared<par::detail::atomic<int>>(0);
    s.thread([=] { increment_twice_locked(*g); });
    s.thread([=] {
      if (!g->guard.try_lock_for(std::chrono::hours(1))) {
        given_up->fetch_add(1);
        return;
      }
      increment_twice_locked(*g);
      g->guard.unlock();
    });
    s.at_end([=] { return g->value.get() + given_up->load() == 2; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

TEST(recursive_mutex_model, a_wait_gives_back_all_levels) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto g = std::make_shared<guarded>();
    s.thread([=] {
      const std::lock_guard outer(g->guard);
      std::unique_lock inner(g->guard);
      g->changed.wait(inner, [&] { return g->value.get() == 1; });
      if (g->guard.levels() == 2) g->value.set(2);
    });
    s.thread([=] {
      increment_twice_locked(*g);
      g->changed.notify_one();
    });
    s.at_end([=] { return g->value.get() == 2; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

}  // namespace
