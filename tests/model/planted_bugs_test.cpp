// Primitives with one mistake each, of the kind that is made: the explorer must find every one.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>

#include "model/explorer.h"
#include "model/sync.h"
#include "par/locks/condition_variable.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace {

using word = par::detail::atomic<std::uint32_t>;

// The three-state mutex (par/locks/mutex.h) with the choice of a mistake.
enum class mistake { none, wakes_nobody, forgets_other_sleepers, tests_then_sets };

class flawed_mutex {
 public:
  explicit flawed_mutex(mistake which) : mistake_(which) {}

  void lock() {
    if (mistake_ == mistake::tests_then_sets) {
      while (state_.load() != 0) par::detail::futex_wait(state_, 2);
      state_.store(2);
      return;
    }
    std::uint32_t expected = 0;
    if (state_.compare_exchange_strong(expected, 1, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
      return;
    }
    while (state_.exchange(2) != 0) {
      par::detail::futex_wait(state_, 2);
      if (mistake_ != mistake::forgets_other_sleepers) continue;
      expected = 0;
      if (state_.compare_exchange_strong(expected, 1, std::memory_order_acquire,
                                         std::memory_order_relaxed)) {
        return;
      }
    }
  }

  void unlock() {
    if (state_.exchange(0) == 2 && mistake_ != mistake::wakes_nobody) {
      par::detail::futex_wake(state_, 1);
    }
  }

 private:
  const mistake mistake_;
  word state_{0};
};

model::verdict explore_mutex(mistake which) {
  return model::explore([which](model::scenario& s) {
    struct shared {
      explicit shared(mistake m) : guard(m) {}
      flawed_mutex guard;
      par::detail::atomic<int> value{0};
    };
    auto all = std::make_shared<shared>(which);
    for (int i = 0; i < 3; ++i) {
      s.thread([all] {
        const par::lock_guard lock(all->guard);
        all->value.store(all->value.load() + 1);
      });
    }
    s.at_end([all] { return all->value.load() == 3; });
  });
}

TEST(planted_bug, the_mutex_without_a_mistake_passes) {
  EXPECT_TRUE(explore_mutex(mistake::none).holds());
}

TEST(planted_bug, mutex_that_wakes_nobody) {
  EXPECT_EQ(explore_mutex(mistake::wakes_nobody).failure, "deadlock");
}

TEST(planted_bug, mutex_that_forgets_other_sleepers) {
  EXPECT_EQ(explore_mutex(mistake::forgets_other_sleepers).failure, "deadlock");
}

TEST(planted_bug, mutex_that_tests_then_sets) {
  EXPECT_FALSE(explore_mutex(mistake::tests_then_sets).holds());
}

TEST(planted_bug, waiter_that_checks_without_the_lock) {
  const model::verdict v = model::explore([](model::scenario& s) {
    struct shared {
      par::mutex guard;
      par::condition_variable changed;
      par::detail::atomic<int> set{0};
    };
    auto all = std::make_shared<shared>();
    s.thread([all] {
      if (all->set.load() != 0) return;
      par::unique_lock lock(all->guard);
      all->changed.wait(lock);
    });
    s.thread([all] {
      all->set.store(1);
      all->changed.notify_one();
    });
  });
  EXPECT_EQ(v.failure, "deadlock");
}

TEST(planted_bug, two_locks_in_opposite_order) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto locks = std::make_shared<std::array<par::mutex, 2>>();
    for (std::size_t i = 0; i < 2; ++i) {
      s.thread([locks, i] {
        const par::lock_guard first((*locks)[i]);
        const par::lock_guard second((*locks)[1 - i]);
      });
    }
  });
  EXPECT_EQ(v.failure, "deadlock");
}

}  // namespace
