// The condition variable between processes, of which one may vanish at any step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "model/prove.h"
#include "processes/ipc/condition_state.h"
#include "processes/ipc/owner_lock.h"

namespace {

using par::deadline;
using par::detail::condition_state;
using par::detail::inner_guard;
using par::detail::owner_lock;
using number = par::detail::atomic<int>;

// A count of what there is to take, under a lock that is taken over from one who vanished.
struct shared {
  void take_one() {
    owner_lock& lock = guard;
    static_cast<void>(lock.lock(owner_lock::if_abandoned::mend));
    while (there.load() == 0) {
      const std::size_t self = changed.enlist();
      lock.unlock();
      static_cast<void>(changed.await(self, deadline::never(), {}));
      static_cast<void>(lock.lock(owner_lock::if_abandoned::mend));
    }
    there.fetch_sub(1);
    lock.unlock();
    passed.fetch_add(1);
  }
  void add(int by) {
    const inner_guard lock(guard);
    there.fetch_add(by);
  }

  // Waits for a notification, for an hour.
  void await_one() {
    const std::size_t self = changed.enlist();
    enlisted.fetch_add(1);
    if (changed.await(self, deadline::in(std::chrono::hours(1)), {})) passed.fetch_add(1);
  }

  // Nobody had to look by itself: the clock stands still if no sleep times out.
  [[nodiscard]] bool all_were_woken() const { return deadline::clock::now() == begin; }

  condition_state changed;
  owner_lock guard;
  number there{0}, passed{0}, enlisted{0};
  const deadline::clock::time_point begin = deadline::clock::now();
};

void two_are_notified_one_by_one(model::scenario& s) {
  auto all = std::make_shared<shared>();
  for (int i = 0; i < 2; ++i) s.thread([=] { all->take_one(); });
  s.thread([=] {
    for (int i = 0; i < 2; ++i) {
      all->add(1);
      all->changed.notify(1);
    }
  });
  s.at_end([=] { return all->passed.load() == 2 && all->all_were_woken(); });
}

void all_are_notified(model::scenario& s) {
  auto all = std::make_shared<shared>();
  for (int i = 0; i < 2; ++i) s.thread([=] { all->take_one(); });
  s.thread([=] {
    all->add(2);
    all->changed.notify(2);
  });
  s.at_end([=] { return all->passed.load() == 2 && all->all_were_woken(); });
}

// Of those who wait already exactly one.
void one_of_two_is_notified(model::scenario& s) {
  auto all = std::make_shared<shared>();
  auto in_time = std::make_shared<number>(0);
  for (int i = 0; i < 2; ++i) s.thread([=] { all->await_one(); });
  s.thread([=] {
    if (all->enlisted.load() == 2 && all->all_were_woken()) in_time->store(1);
    all->changed.notify(1);
  });
  s.at_end([=] { return all->passed.load() <= 1 && all->passed.load() >= in_time->load(); });
}

// It may do so in the moment in which it is chosen: the other one is notified all the same.
void one_gives_up(model::scenario& s) {
  auto all = std::make_shared<shared>();
  s.thread([=] { all->await_one(); });
  s.thread([=] { all->take_one(); });
  s.thread([=] {
    all->add(1);
    all->changed.notify(2);
  });
  s.at_end([=] { return all->passed.load() >= 1 && all->there.load() == 0; });
}

void one_who_withdraws_passes_it_on(model::scenario& s) {
  auto all = std::make_shared<shared>();
  const std::size_t first = all->changed.enlist();
  s.thread([=] { all->changed.withdraw(first); });
  s.thread([=] { all->take_one(); });
  s.thread([=] {
    all->add(1);
    all->changed.notify(1);
  });
  s.at_end([=] { return all->passed.load() == 1; });
}

// It takes one notification with it at most.
void one_who_waits_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>();
  s.mortal([=] { all->await_one(); });
  s.thread([=] { all->take_one(); });
  s.thread([=] {
    all->add(1);
    for (int i = 0; i < 2; ++i) all->changed.notify(1);
  });
  s.at_end([=] { return all->passed.load() >= 1 && all->there.load() == 0; });
}

// Another one finishes what it has begun.
void one_who_notifies_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>();
  s.mortal([=] {
    all->add(2);
    all->changed.notify(2);
  });
  s.thread([=] { all->take_one(); });
  s.thread([=] {
    all->add(2);
    all->changed.notify(2);
  });
  s.at_end([=] { return all->passed.load() == 1; });
}

constexpr model::options few = {
    .preemptions = 2, .stale_reads = 0, .spurious = 0, .early_timeouts = 0};
constexpr model::options with_a_time = {
    .preemptions = 1, .stale_reads = 0, .spurious = 0, .early_timeouts = 1};

const std::vector<model::proof> proofs = {
    {"one by one", two_are_notified_one_by_one, few},    {"all", all_are_notified, few},
    {"one of two", one_of_two_is_notified, with_a_time}, {"gives up", one_gives_up, with_a_time},
    {"withdraws", one_who_withdraws_passes_it_on, few},
};

const std::vector<model::proof> proofs_with_a_death = {
    {"one who waits", one_who_waits_vanishes, with_a_time},
    {"one who notifies", one_who_notifies_vanishes, with_a_time},
};

TEST(ipc_condition_model, loses_no_notification) {
  model::prove(proofs);
}

TEST(ipc_condition_model, goes_on_when_somebody_vanishes) {
  model::prove(proofs_with_a_death);
}

}  // namespace
