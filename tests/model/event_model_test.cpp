#include "par/locks/event.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/prove.h"

namespace {

// What one side writes before it sets, the other reads after it has waited.
struct handed {
  par::event up;
  par::event back;
  model::data<int> value{0};
};

void releases_every_waiter(model::scenario& s) {
  auto h = std::make_shared<handed>();
  auto seen = std::make_shared<std::vector<model::data<int>>>(2);
  for (std::size_t i = 0; i < 2; ++i) {
    s.thread([=] {
      h->up.wait();
      (*seen)[i].set(h->value.get());
    });
  }
  s.thread([=] {
    h->value.set(7);
    h->up.set();
  });
  s.at_end([=] { return (*seen)[0].get() == 7 && (*seen)[1].get() == 7 && h->up.is_set(); });
}

// One that gives up leaves `awaited` behind at any moment: setters must cope.
void meets_one_that_gives_up(model::scenario& s) {
  auto h = std::make_shared<handed>();
  s.thread([=] { h->up.wait_for(std::chrono::hours(1)); });
  s.thread([=] { h->up.wait(); });
  s.thread([=] { h->up.set(); });
  s.at_end([=] { return h->up.is_set(); });
}

void flickers_and_loses_nobody(model::scenario& s) {
  auto h = std::make_shared<handed>();
  s.thread([=] {
    h->up.wait();
    h->back.set();
  });
  s.thread([=] {
    h->up.set();
    h->up.clear();
    h->up.set();  // For a waiter that came late.
    h->back.wait();
  });
  s.at_end([=] { return h->up.is_set() && h->back.is_set(); });
}

// Two that ask each other in turn: every set meets exactly one wait.
void goes_to_and_fro(model::scenario& s) {
  auto h = std::make_shared<handed>();
  s.thread([=] {
    for (int i = 0; i < 2; ++i) {
      h->value.set(h->value.get() + 1);
      h->up.set();
      h->back.wait();
      h->back.clear();
    }
  });
  s.thread([=] {
    for (int i = 0; i < 2; ++i) {
      h->up.wait();
      h->up.clear();
      h->value.set(h->value.get() + 1);
      h->back.set();
    }
  });
  s.at_end([=] { return h->value.get() == 4; });
}

void is_asked(model::scenario& s) {
  auto h = std::make_shared<handed>();
  auto seen = std::make_shared<model::data<int>>(7);
  s.thread([=] {
    h->value.set(7);
    h->up.set();
  });
  s.thread([=] {
    if (h->up.is_set()) seen->set(h->value.get());
  });
  s.at_end([=] { return seen->get() == 7; });
}

// One that clears the flag before it looks for work must find the work of all who set it: they will
// not set it again. Not model::data, since it may look while they write.
void is_cleared_before_looking(model::scenario& s) {
  struct desk {
    par::event up;
    std::array<par::detail::atomic<int>, 2> work{};
  };
  auto d = std::make_shared<desk>();
  for (std::size_t i = 0; i < 2; ++i) {
    s.thread([=] {
      d->work[i].store(1, std::memory_order_relaxed);
      d->up.set();
    });
  }
  s.thread([=] {
    for (int found = 0; found < 2;) {
      d->up.wait();
      d->up.clear();
      found = 0;
      for (const auto& each : d->work) found += each.load(std::memory_order_relaxed);
    }
  });
}

const std::vector<model::proof> proofs = {
    {"every waiter", releases_every_waiter},
    {"gives up", meets_one_that_gives_up},
    {"flickers", flickers_and_loses_nobody},
    {"to and fro", goes_to_and_fro},
    {"is asked", is_asked},
    {"is cleared before looking", is_cleared_before_looking},
};

TEST(event_model, releases_who_waits_and_publishes) {
  model::prove(proofs);
}

TEST(event_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"event.h", "event.cpp"}), testing::IsEmpty());
}

}  // namespace
