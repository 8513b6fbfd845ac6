#include "par/locks/condition_variable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/prove.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace {

struct flag {
  par::mutex guard;
  par::condition_variable changed;
  model::data<int> set{0};
  model::data<int> passed{0};
};

void add(model::data<int>& to, int by) {
  to.set(to.get() + by);
}

void wait_for_flag(flag& f) {
  par::unique_lock lock(f.guard);
  f.changed.wait(lock, [&] { return f.set.get() > 0; });
  add(f.set, -1);
  add(f.passed, 1);
}

void set_flag(flag& f, int by) {
  const par::lock_guard lock(f.guard);
  add(f.set, by);
}

model::test wakes_two(const std::function<void(flag&)>& notifier) {
  return [notifier](model::scenario& s) {
    auto f = std::make_shared<flag>();
    s.thread([f] { wait_for_flag(*f); });
    s.thread([f] { wait_for_flag(*f); });
    s.thread([f, notifier] { notifier(*f); });
    s.at_end([f] { return f->passed.get() == 2; });
  };
}

void notifies_one_by_one(flag& f) {
  for (int i = 0; i < 2; ++i) {
    set_flag(f, 1);
    f.changed.notify_one();
  }
}

void notifies_all(flag& f) {
  set_flag(f, 2);
  f.changed.notify_all();
}

// One may give up at any moment, also in the one in which it is chosen: the other, which cannot,
// must get a wake-up all the same.
void one_times_out(model::scenario& s) {
  auto f = std::make_shared<flag>();
  s.thread([f] {
    par::unique_lock lock(f->guard);
    static_cast<void>(f->changed.wait_for(lock, std::chrono::hours(1)));
  });
  s.thread([f] { wait_for_flag(*f); });
  s.thread([f] {
    set_flag(*f, 1);
    f->changed.notify(2);
  });
  s.at_end([f] { return f->passed.get() == 1; });
}

// The last waiter to be notified may destroy it, while the notification still goes on.
void destroyed_when_notified(model::scenario& s) {
  struct mortal {
    par::mutex guard;
    std::unique_ptr<par::condition_variable> changed = std::make_unique<par::condition_variable>();
    model::data<bool> set{false};
  };
  auto f = std::make_shared<mortal>();
  s.thread([f] {
    par::unique_lock lock(f->guard);
    f->changed->wait(lock, [&] { return f->set.get(); });
    f->changed.reset();
  });
  s.thread([f] {
    const par::lock_guard lock(f->guard);
    f->set.set(true);
    f->changed->notify_one();
  });
}

const std::vector<model::proof> proofs = {
    {"notified one by one", wakes_two(notifies_one_by_one), {.stale_reads = 1}},
    {"all notified", wakes_two(notifies_all)},
    {"one times out", one_times_out, {.stale_reads = 1}},
    {"destroyed when notified", destroyed_when_notified},
};

TEST(condition_variable_model, no_wake_up_is_lost) {
  model::prove(proofs);
}

TEST(condition_variable_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"wait_list.cpp"}), testing::IsEmpty());
}

}  // namespace
