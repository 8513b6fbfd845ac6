// The barrier between processes, of which one may vanish at any step.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <new>
#include <vector>

#include "model/prove.h"
#include "processes/ipc/barrier_state.h"

namespace {

using par::deadline;
using par::detail::barrier_state;
using number = par::detail::atomic<int>;

constexpr std::size_t most_slots = 4;

// A barrier in memory of its own, and how many have passed and failed.
struct meeting {
  explicit meeting(std::size_t parties) : point(*new(memory) barrier_state(parties, most_slots)) {}
  ~meeting() {
    for (auto& each : point.slots()) std::destroy_at(&each);
    std::destroy_at(&point);
  }
  meeting(const meeting&) = delete;
  meeting& operator=(const meeting&) = delete;

  // As ipc::barrier does.
  bool wait(deadline until = deadline::never()) {
    const bool has_passed = passes(until);
    (has_passed ? passed : failed).fetch_add(1);
    return has_passed;
  }
  bool passes(deadline until) {
    const auto here = point.arrive(true);
    if (here.as == barrier_state::arrival::refused) return false;
    auto& mine = point.slots()[here.slot];
    if (here.as == barrier_state::arrival::last) {
      actions.fetch_add(1);
      point.complete(mine);
      mine.user.release();
      return true;
    }
    const bool waited = point.await(mine, until, {}).has_value();
    barrier_state::vacate(mine);
    return waited;
  }

  [[nodiscard]] bool all_passed(int parties) const {
    return passed.load() == parties && failed.load() == 0;
  }
  [[nodiscard]] bool all_failed(int parties) const {
    return passed.load() == 0 && failed.load() == parties;
  }

  // Nobody had to look by itself: the clock stands still if no sleep times out.
  [[nodiscard]] bool all_were_woken() const { return deadline::clock::now() == begin; }

  alignas(64) std::byte memory[sizeof(barrier_state) + most_slots * sizeof(par::detail::wait_slot)];
  barrier_state& point;
  number passed{0}, failed{0}, actions{0};
  const deadline::clock::time_point begin = deadline::clock::now();
};

// The second sleep is shorter than the first.
deadline soon() {
  return deadline::in(std::chrono::milliseconds(6));
}

void two_rounds_of_two(model::scenario& s) {
  auto m = std::make_shared<meeting>(2);
  for (int i = 0; i < 2; ++i) {
    s.thread([=] {
      m->wait();
      m->wait();
    });
  }
  s.at_end([=] { return m->all_passed(4) && m->actions.load() == 2 && m->all_were_woken(); });
}

void three_pass(model::scenario& s) {
  auto m = std::make_shared<meeting>(3);
  for (int i = 0; i < 3; ++i) s.thread([=] { m->wait(); });
  s.at_end([=] { return m->all_passed(3) && m->actions.load() == 1 && m->all_were_woken(); });
}

// Either all pass or none does.
void one_gives_up(model::scenario& s) {
  auto m = std::make_shared<meeting>(2);
  s.thread([=] { m->wait(soon()); });
  s.thread([=] { m->wait(); });
  s.at_end([=] { return m->all_passed(2) || (m->all_failed(2) && m->point.broken); });
}

// In its first sleep: also when the last one has come and acts.
void one_gives_up_at_once(model::scenario& s) {
  auto m = std::make_shared<meeting>(2);
  s.thread([=] { m->wait(deadline::in(std::chrono::milliseconds(1))); });
  s.thread([=] { m->wait(); });
  s.at_end([=] { return m->all_passed(2) || (m->all_failed(2) && m->point.broken); });
}

// The third may come while the last of the first two acts: it is of the next round.
void three_come_for_two(model::scenario& s) {
  auto m = std::make_shared<meeting>(2);
  for (int i = 0; i < 3; ++i) s.thread([=] { m->wait(soon()); });
  s.at_end([=] {
    const int passed = m->passed.load();
    return (passed == 0 || passed == 2) && passed + m->failed.load() == 3 &&
           m->actions.load() == passed / 2;
  });
}

void abort_leaves_nobody_waiting(model::scenario& s) {
  auto m = std::make_shared<meeting>(3);
  for (int i = 0; i < 2; ++i) s.thread([=] { m->wait(); });
  s.thread([=] { m->point.fail(nullptr, false); });
  s.at_end([=] { return m->all_failed(2); });
}

// Before it comes, while it waits, or as the last, which acts: the others all pass or all fail.
void one_of_three_vanishes(model::scenario& s) {
  auto m = std::make_shared<meeting>(3);
  s.mortal([=] { m->passes(deadline::never()); });
  for (int i = 0; i < 2; ++i) s.thread([=] { m->wait(soon()); });
  s.at_end([=] { return m->all_passed(2) || (m->all_failed(2) && m->point.broken); });
}

// What it leaves half done is done by who comes next.
void one_who_aborts_vanishes(model::scenario& s) {
  auto m = std::make_shared<meeting>(2);
  s.mortal([=] { m->point.fail(nullptr, false); });
  for (int i = 0; i < 2; ++i) s.thread([=] { m->wait(); });
  s.at_end([=] { return m->all_passed(2) || (m->all_failed(2) && m->point.broken); });
}

constexpr model::options few = {.stale_reads = 0, .spurious = 0, .early_timeouts = 0};
constexpr model::options with_a_time = {
    .preemptions = 1, .stale_reads = 0, .spurious = 0, .early_timeouts = 1};

const std::vector<model::proof> proofs = {
    {"two rounds", two_rounds_of_two, few},
    {"three", three_pass, few},
    {"gives up", one_gives_up, with_a_time},
    {"gives up at once", one_gives_up_at_once, with_a_time},
    {"three for two", three_come_for_two, with_a_time},
    {"abort", abort_leaves_nobody_waiting, with_a_time},
};

constexpr model::options with_a_death = {
    .preemptions = 1, .stale_reads = 0, .spurious = 0, .early_timeouts = 0};

const std::vector<model::proof> proofs_with_a_death = {
    {"one of three", one_of_three_vanishes, with_a_death},
    {"one who aborts", one_who_aborts_vanishes, with_a_death},
};

TEST(ipc_barrier_model, passes_all_or_none) {
  model::prove(proofs);
}

TEST(ipc_barrier_model, tells_of_one_who_vanished) {
  model::prove(proofs_with_a_death);
}

}  // namespace
