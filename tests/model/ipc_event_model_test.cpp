// The event between processes, of which one may vanish at any step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <set>
#include <vector>

#include "model/event_scenarios.h"
#include "model/prove.h"
#include "processes/ipc/event_state.h"

namespace {

struct shared_event : par::detail::event_state {
  using event_state::wait;
  void wait() { static_cast<void>(wait(par::deadline::never(), {})); }
  bool wait_for(std::chrono::hours span) { return wait(par::deadline::in(span), {}); }
};

using handed = model::handed<shared_event>;
using model::works;

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
    h->up.wait_for(std::chrono::hours(1));
    h->back.set();
  });
  s.thread([=] { h->up.set(); });
  s.at_end([=] { return h->back.is_set() && works(h->up); });
}

constexpr model::options few = {.stale_reads = 1, .spurious = 0};

constexpr model::options with_a_death = {.stale_reads = 0, .spurious = 0};

const std::vector<model::proof> proofs_with_a_death = {
    {"one who sets", one_who_sets_vanishes, with_a_death},
    {"one who waits", one_who_waits_vanishes, with_a_death},
    {"one who clears", one_who_clears_vanishes, with_a_death},
};

TEST(ipc_event_model, releases_who_waits_and_publishes) {
  model::prove(model::event_proofs<shared_event>(few));
}

// Nobody is interrupted here: either side may be first, and is told so.
TEST(ipc_event_model, releases_who_waits_when_it_is_cleared_at_once) {
  std::set<bool> released;
  const model::verdict v = model::explore(
      [&](model::scenario& s) {
        auto h = std::make_shared<handed>();
        s.thread([=, &released] { released.insert(h->up.wait_for(std::chrono::hours(1))); });
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
  EXPECT_THAT(model::needless_orders(model::event_proofs<shared_event>(few),
                                     {"event_state.h", "event_state.cpp"}),
              model::are_only({"event_state.cpp set modify acq_rel -> release"}));
}

}  // namespace
