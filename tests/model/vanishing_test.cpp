// Threads that vanish, as processes do that are killed, and the locks that notice it.
#include <gtest/gtest.h>

#include <memory>

#include "model/data.h"
#include "model/explorer.h"
#include "model/robust_lock.h"

namespace {

using par::detail::left_by;

constexpr model::options none_vanishes = {.vanishings = 0};
constexpr model::options few = {.preemptions = 1, .stale_reads = 1};

// Written by steps; what the last one of the run left behind is looked at.
std::string failure_of_two_steps(const model::options& bounds, bool half_is_good) {
  return model::explore(
             [=](model::scenario& s) {
               auto steps = std::make_shared<par::detail::atomic<int>>(0);
               s.mortal([=] {
                 steps->fetch_add(1);
                 steps->fetch_add(1);
               });
               s.at_end([=] { return half_is_good || steps->load() == 2; });
             },
             bounds)
      .failure;
}

TEST(vanishing, leaves_work_half_done) {
  EXPECT_EQ(failure_of_two_steps(none_vanishes, false), "");
  EXPECT_EQ(failure_of_two_steps({}, false), "wrong result");
  EXPECT_EQ(failure_of_two_steps({}, true), "");
}

// Who waits for it waits for ever.
TEST(vanishing, of_one_that_should_wake_another_is_a_deadlock) {
  const auto make = [](model::scenario& s) {
    auto word = std::make_shared<par::detail::atomic<std::uint32_t>>(0);
    s.mortal([=] {
      word->store(1);
      par::detail::futex_wake_all(*word);
    });
    s.thread([=] {
      while (word->load() == 0) par::detail::futex_wait(*word, 0);
    });
  };
  EXPECT_TRUE(model::explore(make, none_vanishes).holds());
  EXPECT_EQ(model::explore(make).failure, "deadlock");
}

// By one step there is no moment to vanish in between; it may vanish before.
TEST(vanishing, comes_before_or_after_a_change_that_wakes) {
  const auto make = [](model::scenario& s) {
    struct shared {
      par::detail::atomic<std::uint32_t> word{0};
      par::detail::atomic<int> ended{0};
    };
    auto all = std::make_shared<shared>();
    s.mortal([=] {
      par::detail::futex_change_shared(all->word, par::detail::word_change::add, 1);
      all->ended.fetch_add(1);
    });
    s.thread([=] {
      if (all->word.load() == 0 &&
          !par::detail::futex_wait_shared(all->word, 0, par::deadline::in(std::chrono::hours(1)))) {
        return;
      }
      all->ended.fetch_add(1);
    });
  };
  EXPECT_TRUE(model::explore(make).holds());
}

TEST(robust_lock_model, tells_the_next_of_an_owner_that_vanished) {
  struct shared {
    par::detail::robust_lock lock;
    model::data<int> first{0}, second{0};
    par::detail::atomic<int> left{0};
  };
  const auto make = [](bool repairs) {
    return [repairs](model::scenario& s) {
      auto all = std::make_shared<shared>();
      for (int i = 0; i < 3; ++i) {
        s.mortal([=] {
          if (all->lock.lock() == left_by::a_dead_owner) {
            if (repairs) all->second.set(all->first.get());
            all->lock.repaired();
          }
          all->first.set(all->first.get() + 1);
          all->left.load();  // A step, at which to vanish.
          all->second.set(all->second.get() + 1);
          all->lock.unlock();
        });
      }
      s.at_end([=] {
        if (all->lock.lock() == left_by::a_dead_owner) return true;
        return all->first.get() == all->second.get();
      });
    };
  };
  EXPECT_TRUE(model::explore(make(true), few).holds());
  EXPECT_EQ(model::explore(make(false), few).failure, "wrong result");
}

}  // namespace
