#include "par/locks/mutex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/prove.h"
#include "par/locks/lock_guard.h"

namespace {

struct guarded {
  par::mutex guard;
  model::data<int> value{0};
};

// Whole only if nobody else is inside.
void increment(guarded& g) {
  g.value.set(g.value.get() + 1);
}

void locked_increment(guarded& g) {
  const par::lock_guard lock(g.guard);
  increment(g);
}

model::test increments(int threads) {
  return [threads](model::scenario& s) {
    auto g = std::make_shared<guarded>();
    for (int i = 0; i < threads; ++i) {
      s.thread([g] {
        locked_increment(*g);
        locked_increment(*g);
      });
    }
    s.at_end([g, threads] { return g->value.get() == 2 * threads; });
  };
}

// Each may go without the lock, but only when another has it.
void tries(model::scenario& s) {
  auto g = std::make_shared<guarded>();
  auto done = std::make_shared<par::detail::atomic<int>>(0);
  for (int i = 0; i < 3; ++i) {
    s.thread([g, done] {
      if (!g->guard.try_lock()) return;
      increment(*g);
      g->guard.unlock();
      done->fetch_add(1);
    });
  }
  s.at_end([g, done] { return done->load() >= 1 && g->value.get() == done->load(); });
}

// One may give up at any moment; it must leave the lock whole for the others.
void gives_up(model::scenario& s) {
  auto g = std::make_shared<guarded>();
  auto given_up = std::make_shared<par::detail::atomic<int>>(0);
  s.thread([g] { locked_increment(*g); });
  s.thread([g] { locked_increment(*g); });
  s.thread([g, given_up] {
    if (!g->guard.try_lock_for(std::chrono::hours(1))) {
      given_up->fetch_add(1);
      return;
    }
    increment(*g);
    g->guard.unlock();
  });
  s.at_end([g, given_up] { return g->value.get() + given_up->load() == 3 && g->guard.try_lock(); });
}

const std::vector<model::proof> proofs = {
    {"two threads", increments(2)},
    {"three threads", increments(3)},
    {"tries", tries},
    {"gives up", gives_up},
};

TEST(mutex_model, excludes_and_never_loses_a_wake_up) {
  model::prove(proofs);
}

TEST(mutex_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"mutex.h", "mutex.cpp"}), testing::IsEmpty());
}

}  // namespace
