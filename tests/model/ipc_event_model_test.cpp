// The event between processes, of which one may vanish at any step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <memory>
#include <set>
#include <vector>

#include "model/data.h"
#include "model/needless_orders.h"
#include "model/prove.h"
#include "processes/ipc/event_state.h"

namespace {

struct shared_event : par::detail::event_state {
  using event_state::wait;
  void wait() { static_cast<void>(wait(par::deadline::never(), {})); }
  bool wait_an_hour() { return wait(par::deadline::in(std::chrono::hours(1)), {}); }
};

// What one side writes before it sets, the other reads after it has waited.
struct handed {
  shared_event up;
  shared_event back;
  model::data<int> value{0};
};

// Whatever has happened to it, it goes up and down.
bool works(shared_event& e) {
  e.set();
  if (!e.is_set() || !e.wait(par::deadline::never(), {})) return false;
  e.clear();
  return !e.is_set();
}

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
  s.thread([=] { h->up.wait_an_hour(); });
  s.thread([=] { h->up.wait(); });
  s.thread([=] { h->up.set(); });
  s.at_end([=] { return h->up.is_set() && works(h->up); });
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
    shared_event up;
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

// Where it is up, it has woken all: the other one sets it only if it is not.
void one_who_sets_vanishes(model::scenario& s) {
  auto h = std::make_shared<handed>();
  s.mortal([=] { h->up.set(); });
  s.thread([=] { h->up.wait(); });
  s.thread([=] {
    if (!h->up.is_set()) h->up.set();
  });
  s.at_end([=] { return h->up.is_set() && works(h->up); });
}

void one_who_waits_vanishes(model::scenario& s) {
  auto h = std::make_shared<handed>();
  s.mortal([=] { h->up.wait(); });
  s.thread([=] { h->up.wait(); });
  s.thread([=] { h->up.set(); });
  s.at_end([=] { return h->up.is_set() && works(h->up); });
}

// Who waits when it is set is released, whoever clears it then.
void one_who_clears_vanishes(model::scenario& s) {
  auto h = std::make_shared<handed>();
  s.mortal([=] {
    h->up.wait();
    h->up.clear();
    h->back.wait();
  });
  s.thread([=] {
    h->up.wait_an_hour();
    h->back.set();
  });
  s.thread([=] { h->up.set(); });
  s.at_end([=] { return h->back.is_set() && works(h->up); });
}

constexpr model::options few = {.stale_reads = 1, .spurious = 0};

const std::vector<model::proof> proofs = {
    {"every waiter", releases_every_waiter, few},
    {"gives up", meets_one_that_gives_up, few},
    {"flickers", flickers_and_loses_nobody, few},
    {"to and fro", goes_to_and_fro, few},
    {"is asked", is_asked, few},
    {"is cleared before looking", is_cleared_before_looking, few},
};

constexpr model::options with_a_death = {.stale_reads = 0, .spurious = 0};

const std::vector<model::proof> proofs_with_a_death = {
    {"one who sets", one_who_sets_vanishes, with_a_death},
    {"one who waits", one_who_waits_vanishes, with_a_death},
    {"one who clears", one_who_clears_vanishes, with_a_death},
};

TEST(ipc_event_model, releases_who_waits_and_publishes) {
  model::prove(proofs);
}

// Nobody is interrupted here: either side may be first, and is told so.
TEST(ipc_event_model, releases_who_waits_when_it_is_cleared_at_once) {
  std::set<bool> released;
  const model::verdict v = model::explore(
      [&](model::scenario& s) {
        auto h = std::make_shared<handed>();
        s.thread([=, &released] { released.insert(h->up.wait_an_hour()); });
        s.thread([=] {
          h->up.set();
          h->up.clear();
        });
      },
      {.preemptions = 0, .stale_reads = 0, .spurious = 0, .early_timeouts = 0});
  EXPECT_TRUE(v.holds()) << v;
  EXPECT_EQ(released, (std::set<bool>{false, true}));
}

TEST(ipc_event_model, goes_on_when_somebody_vanishes) {
  model::prove(proofs_with_a_death);
}

// The call of the system that changes and wakes has one order for all.
TEST(ipc_event_model, needs_every_order) {
  EXPECT_THAT(model::needless_orders(proofs, {"event_state.h", "event_state.cpp"}),
              model::are_only({"event_state.cpp set modify acq_rel -> release"}));
}

}  // namespace
