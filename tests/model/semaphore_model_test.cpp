#include "par/locks/semaphore.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "model/explorer.h"
#include "model/sync.h"

namespace {

struct shared {
  explicit shared(std::size_t count) : permits(count) {}
  par::semaphore permits;
  par::detail::atomic<int> value{0};
};

// Whole only if nobody else is inside.
void increment(shared& all) {
  all.value.store(all.value.load() + 1);
}

bool has_exactly(par::semaphore& s, int permits) {
  while (permits > 0 && s.try_acquire()) --permits;
  return permits == 0 && !s.try_acquire();
}

TEST(semaphore_model, of_one_permit_excludes) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto all = std::make_shared<shared>(1);
    for (int i = 0; i < 3; ++i) {
      s.thread([=] {
        all->permits.acquire();
        increment(*all);
        all->permits.release();
      });
    }
    s.at_end([=] { return all->value.load() == 3 && has_exactly(all->permits, 1); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
  EXPECT_GT(v.runs, 100U);
}

TEST(semaphore_model, one_release_of_two_wakes_two) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto all = std::make_shared<shared>(0);
    for (int i = 0; i < 2; ++i) s.thread([=] { all->permits.acquire(); });
    s.thread([=] { all->permits.release(2); });
    s.at_end([=] { return has_exactly(all->permits, 0); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

TEST(semaphore_model, two_releases_wake_two) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto all = std::make_shared<shared>(0);
    s.thread([=] {
      all->permits.acquire();
      all->permits.acquire();
    });
    for (int i = 0; i < 2; ++i) s.thread([=] { all->permits.release(); });
    s.at_end([=] { return has_exactly(all->permits, 0); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

TEST(semaphore_model, one_that_gives_up_loses_no_permit) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto all = std::make_shared<shared>(0);
    s.thread([=] {
      if (all->permits.try_acquire_for(std::chrono::hours(1))) all->value.fetch_add(1);
    });
    s.thread([=] {
      all->permits.acquire();
      all->value.fetch_add(1);
    });
    s.thread([=] { all->permits.release(2); });
    s.at_end([=] { return has_exactly(all->permits, 2 - all->value.load()); });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

}  // namespace
