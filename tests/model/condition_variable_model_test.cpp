#include "par/locks/condition_variable.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "model/explorer.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace {

struct flag {
  par::mutex guard;
  par::condition_variable changed;
  int set = 0;
  int passed = 0;
};

void wait_for_flag(flag& f) {
  par::unique_lock lock(f.guard);
  f.changed.wait(lock, [&] { return f.set > 0; });
  --f.set;
  ++f.passed;
}

void set_flag(flag& f) {
  {
    const par::lock_guard lock(f.guard);
    ++f.set;
  }
  f.changed.notify_one();
}

TEST(condition_variable_model, no_wake_up_is_lost) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto f = std::make_shared<flag>();
    s.thread([f] { wait_for_flag(*f); });
    s.thread([f] { wait_for_flag(*f); });
    s.thread([f] {
      set_flag(*f);
      set_flag(*f);
    });
    s.at_end([f] { return f->passed == 2; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
  EXPECT_GT(v.runs, 100U);
}

TEST(condition_variable_model, notify_all_wakes_all) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto f = std::make_shared<flag>();
    s.thread([f] { wait_for_flag(*f); });
    s.thread([f] { wait_for_flag(*f); });
    s.thread([f] {
      {
        const par::lock_guard lock(f->guard);
        f->set = 2;
      }
      f->changed.notify_all();
    });
    s.at_end([f] { return f->passed == 2; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

// One may give up at any moment, also in the one in which it is chosen: the other, which cannot,
// must get a wake-up all the same.
TEST(condition_variable_model, a_time_out_leaves_the_list_whole) {
  const model::verdict v = model::explore([](model::scenario& s) {
    auto f = std::make_shared<flag>();
    s.thread([f] {
      par::unique_lock lock(f->guard);
      static_cast<void>(f->changed.wait_for(lock, std::chrono::hours(1)));
    });
    s.thread([f] { wait_for_flag(*f); });
    s.thread([f] {
      {
        const par::lock_guard lock(f->guard);
        ++f->set;
      }
      f->changed.notify(2);
    });
    s.at_end([f] { return f->passed == 1; });
  });
  EXPECT_TRUE(v.holds()) << v.failure << " after " << v.runs;
}

}  // namespace
