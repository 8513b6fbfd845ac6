// The lock of a mutex between processes, of which one may vanish at any step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/prove.h"
#include "processes/ipc/owner_lock.h"

namespace {

using par::deadline;
using par::detail::owner_lock;
using enum owner_lock::if_abandoned;
using enum owner_lock::outcome;

// Two values that are the same, but for one who has the lock.
struct shared {
  // Who finds it abandoned puts them in order.
  void increment() {
    if (lock.lock(mend).how == mended) repair();
    change();
    lock.unlock();
  }
  void repair() {
    mendings.fetch_add(1);
    second.set(first.get());
  }
  void change() {
    first.set(first.get() + 1);
    changes.load();  // A step, at which to vanish.
    second.set(second.get() + 1);
    changes.fetch_add(1);
  }

  // The second: or nobody has come since its holder vanished.
  bool is_right() { return ends(lock.try_lock(mend)); }
  bool is_right_if_free() {
    const auto tried = lock.try_lock(mend);
    return tried.how == gave_up || ends(tried);
  }
  bool ends(owner_lock::attempt tried) {
    if (tried.how == mended) repair();
    const int n = first.get();
    const int known = changes.load();
    return lock.is_mine() && n == second.get() && (n == known || n == known + 1) &&
           mendings.load() <= 1;
  }

  // Nobody had to look by itself: the clock stands still if no sleep times out.
  [[nodiscard]] bool all_were_woken() const { return deadline::clock::now() == begin; }

  owner_lock lock;
  model::data<int> first{0}, second{0};
  par::detail::atomic<int> changes{0}, mendings{0};
  const deadline::clock::time_point begin = deadline::clock::now();
};

void excludes(model::scenario& s) {
  auto all = std::make_shared<shared>();
  for (int i = 0; i < 2; ++i) s.thread([=] { all->increment(); });
  s.at_end([=] { return all->changes.load() == 2 && all->is_right(); });
}

void wakes_who_waits(model::scenario& s) {
  auto all = std::make_shared<shared>();
  for (int i = 0; i < 3; ++i) s.thread([=] { all->increment(); });
  s.at_end([=] { return all->changes.load() == 3 && all->is_right() && all->all_were_woken(); });
}

// The second sleep is as long as is left of the time.
void gives_up_in_time(model::scenario& s) {
  auto all = std::make_shared<shared>();
  s.thread([=] { all->increment(); });
  s.thread([=] {
    const auto until = deadline::in(std::chrono::milliseconds(6));
    if (all->lock.lock(leave, until).how == gave_up) {
      if (!until.passed()) all->mendings.fetch_add(2);
      return;
    }
    all->change();
    all->lock.unlock();
  });
  s.at_end([=] { return all->is_right(); });
}

void is_tried(model::scenario& s) {
  auto all = std::make_shared<shared>();
  for (int i = 0; i < 2; ++i) {
    s.thread([=] {
      if (all->lock.try_lock(leave).how != taken) return;
      all->change();
      all->lock.unlock();
    });
  }
  s.at_end([=] { return all->changes.load() >= 1 && all->is_right(); });
}

// As holder, between freeing and waking, or as the one who was woken.
void one_of_three_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>();
  s.mortal([=] { all->increment(); });
  for (int i = 0; i < 2; ++i) s.thread([=] { all->increment(); });
  s.at_end([=] { return all->changes.load() >= 2 && all->is_right_if_free(); });
}

// It stays abandoned, for all who come, until somebody mends it.
void all_are_told(model::scenario& s) {
  auto all = std::make_shared<shared>();
  auto told = std::make_shared<par::detail::atomic<int>>(0);
  s.mortal([=] { all->increment(); });
  for (int i = 0; i < 2; ++i) {
    s.thread([=] {
      const auto tried = all->lock.lock(leave);
      if (tried.how == abandoned) {
        told->fetch_add(tried.died == 2 ? 1 : 100);  // The first thread's number.
        return;
      }
      all->change();
      all->lock.unlock();
    });
  }
  s.at_end([=] {
    const int by_now = told->load();
    if (by_now == 0) return all->is_right_if_free();
    return by_now <= 2 && all->lock.try_lock(leave).how == abandoned && all->is_right();
  });
}

// One who tries does not look whether the holder lives.
void one_vanishes_beside_one_who_tries(model::scenario& s) {
  auto all = std::make_shared<shared>();
  s.mortal([=] { all->increment(); });
  s.thread([=] { all->increment(); });
  s.thread([=] {
    const auto tried = all->lock.try_lock(mend);
    if (tried.how == gave_up) return;
    if (tried.how == mended) all->repair();
    all->change();
    all->lock.unlock();
  });
  s.at_end([=] { return all->changes.load() >= 1 && all->is_right_if_free(); });
}

constexpr model::options few = {.stale_reads = 1};
constexpr model::options nobody_is_early = {.stale_reads = 0, .spurious = 0, .early_timeouts = 0};

const std::vector<model::proof> proofs = {
    {"excludes", excludes, few},
    {"wakes", wakes_who_waits, nobody_is_early},
    {"gives up", gives_up_in_time, few},
    {"is tried", is_tried},
};

constexpr model::options with_a_death = {
    .preemptions = 1, .stale_reads = 0, .spurious = 0, .early_timeouts = 1};

const std::vector<model::proof> proofs_with_a_death = {
    {"one of three", one_of_three_vanishes, with_a_death},
    {"all are told", all_are_told, with_a_death},
    {"beside one who tries", one_vanishes_beside_one_who_tries, with_a_death},
};

TEST(ipc_owner_lock_model, excludes_and_wakes) {
  model::prove(proofs);
}

TEST(ipc_owner_lock_model, tells_of_one_who_vanished_and_can_be_mended) {
  model::prove(proofs_with_a_death);
}

TEST(ipc_owner_lock_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"owner_lock.cpp"}), model::are_only({}));
}

}  // namespace
