// The semaphore between processes, of which one may vanish at any step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/prove.h"
#include "processes/ipc/semaphore_state.h"

namespace {

struct shared {
  explicit shared(std::uint32_t count) : permits(count, 1000) {}

  void acquire() {
    static_cast<void>(permits.acquire(par::deadline::never(), {}));
    entered.fetch_add(1);
  }
  void acquire_within_an_hour() {
    const auto an_hour = par::deadline::in(std::chrono::hours(1));
    if (permits.acquire(an_hour, {})) entered.fetch_add(1);
  }
  bool has_exactly(int count) {
    while (count > 0 && permits.try_acquire()) --count;
    return count == 0 && !permits.try_acquire();
  }
  // As many, or one less.
  bool has_about(int count) {
    const auto free = static_cast<int>(permits.free());
    return (free == count || free == count - 1) && has_exactly(free);
  }

  par::detail::semaphore_state permits;
  model::data<int> value{0};            // Of whoever has the only permit.
  par::detail::atomic<int> entered{0};  // How many have got one.
};

void of_one_permit_excludes(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  for (int i = 0; i < 3; ++i) {
    s.thread([=] {
      all->acquire();
      all->value.set(all->value.get() + 1);
      all->permits.release(1);
    });
  }
  s.at_end([=] { return all->value.get() == 3 && all->has_exactly(1); });
}

void one_release_of_two_wakes_two(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  for (int i = 0; i < 2; ++i) s.thread([=] { all->acquire(); });
  s.thread([=] { all->permits.release(2); });
  s.at_end([=] { return all->has_exactly(0); });
}

void two_releases_wake_two(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  s.thread([=] {
    all->acquire();
    all->acquire();
  });
  for (int i = 0; i < 2; ++i) s.thread([=] { all->permits.release(1); });
  s.at_end([=] { return all->has_exactly(0); });
}

void one_that_gives_up_loses_no_permit(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  s.thread([=] { all->acquire_within_an_hour(); });
  s.thread([=] { all->acquire(); });
  s.thread([=] { all->permits.release(2); });
  s.at_end([=] { return all->has_exactly(2 - all->entered.load()); });
}

// A permit carries what its giver has written.
void hands_over(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  auto seen = std::make_shared<model::data<int>>(0);
  s.thread([=] {
    all->value.set(7);
    all->permits.release(1);
  });
  s.thread([=] {
    all->acquire();
    seen->set(all->value.get());
  });
  s.at_end([=] { return seen->get() == 7; });
}

// The one that it holds is gone, and no other.
void one_with_a_permit_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(2);
  s.mortal([=] {
    all->acquire();
    all->permits.release(1);
  });
  for (int i = 0; i < 2; ++i) {
    s.thread([=] {
      all->acquire();
      all->permits.release(1);
    });
  }
  s.at_end([=] { return all->has_about(2); });
}

// Where there is a permit, its giver has woken all: the other one gives only if there is none.
void one_who_releases_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  s.mortal([=] { all->permits.release(1); });
  s.thread([=] { all->acquire(); });
  s.thread([=] {
    if (all->permits.free() == 0) all->permits.release(1);
  });
  s.at_end([=] { return all->has_about(1); });
}

// It may have been woken for the permit that the other one needs.
void one_who_waits_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  s.mortal([=] { all->acquire(); });
  s.thread([=] { all->acquire(); });
  s.thread([=] {
    all->permits.release(1);
    all->permits.release(1);
  });
  s.at_end([=] { return all->has_about(1); });
}

// Two permits in one step, or none.
void one_who_releases_two_vanishes(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  s.mortal([=] { all->permits.release(2); });
  for (int i = 0; i < 2; ++i) s.thread([=] { all->acquire_within_an_hour(); });
  s.at_end([=] {
    const auto free = static_cast<int>(all->permits.free());
    const int given = free + all->entered.load();
    return (given == 0 || given == 2) && all->has_exactly(free);
  });
}

constexpr model::options few = {.stale_reads = 1, .spurious = 0};

const std::vector<model::proof> proofs = {
    {"hands over", hands_over, few},
    {"excludes", of_one_permit_excludes, few},
    {"one release of two", one_release_of_two_wakes_two, few},
    {"two releases", two_releases_wake_two, few},
    {"gives up", one_that_gives_up_loses_no_permit, few},
};

constexpr model::options with_a_death = {.stale_reads = 0, .spurious = 0};

const std::vector<model::proof> proofs_with_a_death = {
    {"one with a permit", one_with_a_permit_vanishes, with_a_death},
    {"one who releases", one_who_releases_vanishes, with_a_death},
    {"one who waits", one_who_waits_vanishes, with_a_death},
    {"one who releases two", one_who_releases_two_vanishes, with_a_death},
};

TEST(ipc_semaphore_model, hands_out_each_permit_once) {
  model::prove(proofs);
}

TEST(ipc_semaphore_model, goes_on_when_somebody_vanishes) {
  model::prove(proofs_with_a_death);
}

// The call of the system that changes and wakes has one order for all.
TEST(ipc_semaphore_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"semaphore_state.cpp"}),
              model::are_only({"semaphore_state.cpp release modify acq_rel -> release"}));
}

}  // namespace
