#include "par/locks/semaphore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/prove.h"

namespace {

struct shared {
  explicit shared(std::size_t count) : permits(count) {}
  par::semaphore permits;
  model::data<int> value{0};            // Of whoever has the only permit.
  par::detail::atomic<int> entered{0};  // How many have got one.
};

// Whole only if nobody else is inside.
void increment(shared& all) {
  all.value.set(all.value.get() + 1);
}

bool has_exactly(par::semaphore& s, int permits) {
  while (permits > 0 && s.try_acquire()) --permits;
  return permits == 0 && !s.try_acquire();
}

void of_one_permit_excludes(model::scenario& s) {
  auto all = std::make_shared<shared>(1);
  for (int i = 0; i < 3; ++i) {
    s.thread([=] {
      all->permits.acquire();
      increment(*all);
      all->permits.release();
    });
  }
  s.at_end([=] { return all->value.get() == 3 && has_exactly(all->permits, 1); });
}

void one_release_of_two_wakes_two(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  for (int i = 0; i < 2; ++i) s.thread([=] { all->permits.acquire(); });
  s.thread([=] { all->permits.release(2); });
  s.at_end([=] { return has_exactly(all->permits, 0); });
}

void two_releases_wake_two(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  s.thread([=] {
    all->permits.acquire();
    all->permits.acquire();
  });
  for (int i = 0; i < 2; ++i) s.thread([=] { all->permits.release(); });
  s.at_end([=] { return has_exactly(all->permits, 0); });
}

void one_that_gives_up_loses_no_permit(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  s.thread([=] {
    if (all->permits.try_acquire_for(std::chrono::hours(1))) all->entered.fetch_add(1);
  });
  s.thread([=] {
    all->permits.acquire();
    all->entered.fetch_add(1);
  });
  s.thread([=] { all->permits.release(2); });
  s.at_end([=] { return has_exactly(all->permits, 2 - all->entered.load()); });
}

// A permit carries what its giver has written.
void hands_over(model::scenario& s) {
  auto all = std::make_shared<shared>(0);
  auto seen = std::make_shared<model::data<int>>(0);
  s.thread([=] {
    all->value.set(7);
    all->permits.release();
  });
  s.thread([=] {
    if (!all->permits.try_acquire()) all->permits.acquire();
    seen->set(all->value.get());
  });
  s.at_end([=] { return seen->get() == 7; });
}

const std::vector<model::proof> proofs = {
    {"hands over", hands_over},
    {"excludes", of_one_permit_excludes},
    {"one release of two", one_release_of_two_wakes_two},
    {"two releases", two_releases_wake_two},
    {"gives up", one_that_gives_up_loses_no_permit},
};

TEST(semaphore_model, hands_out_each_permit_once) {
  model::prove(proofs);
}

TEST(semaphore_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"semaphore.cpp"}), testing::IsEmpty());
}

}  // namespace
