#include "pools/steal_deque.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>

#include "model/data.h"
#include "model/prove.h"

namespace {

class counted_job final : public par::detail::job {
 public:
  void run() override {}
  void drop(std::exception_ptr) noexcept override {}

  // Written by the owner before it is pushed; by whoever takes it, once.
  model::data<int> taken{-1};
};

struct shared {
  par::detail::steal_deque jobs;
  std::array<counted_job, 4> all;

  void push(std::size_t which) {
    all[which].taken.set(0);
    jobs.make_room();
    jobs.push(all[which]);
  }

  bool take(par::detail::job* taken) {
    if (taken == nullptr) return false;
    auto& count = static_cast<counted_job*>(taken)->taken;
    count.set(count.get() + 1);
    return true;
  }
  bool pop() { return take(jobs.pop()); }
  bool steal() { return take(jobs.steal()); }

  // The first of them were pushed; each must be taken once, by now or by the owner.
  bool whole(std::size_t pushed) {
    while (pop()) {
    }
    return std::all_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(pushed),
                       [](const counted_job& each) { return each.taken.get() == 1; });
  }
};

using body = std::function<void(shared&)>;

model::test program(std::size_t pushed, const std::vector<body>& threads) {
  return [pushed, threads](model::scenario& s) {
    auto all = std::make_shared<shared>();
    for (const body& each : threads) s.thread([all, each] { each(*all); });
    s.at_end([all, pushed] { return all->whole(pushed); });
  };
}

void steals(shared& all) {
  static_cast<void>(all.steal());
}

void steals_twice(shared& all) {
  steals(all);
  steals(all);
}

void pushes_and_pops(shared& all) {
  all.push(0);
  all.pop();
  all.push(1);
  all.pop();
}

void pushes_two_and_pops_two(shared& all) {
  all.push(0);
  all.push(1);
  all.pop();
  all.pop();
}

// There is room for two at first.
void grows(shared& all) {
  for (std::size_t i = 0; i < 4; ++i) all.push(i);
  all.pop();
}

// A place that a thief has emptied is used again.
void wraps(shared& all) {
  all.push(0);
  all.push(1);
  all.pop();
  all.push(2);
  all.push(3);
}

// Nothing is popped: as long as there is something, a thief must not come away with nothing.
void every_thief_finds_one(model::scenario& s) {
  auto all = std::make_shared<shared>();
  auto found = std::make_shared<std::array<bool, 2>>();
  all->push(0);
  all->push(1);
  for (std::size_t i = 0; i < 2; ++i) s.thread([all, found, i] { (*found)[i] = all->steal(); });
  s.at_end([all, found] { return (*found)[0] && (*found)[1] && all->whole(2); });
}

// A thread that goes to sleep says so, then looks at the deque; the owner pushes, then looks for
// sleepers. One of them must see the other.
void push_and_sleeper_meet(model::scenario& s) {
  struct meeting {
    shared deque;
    par::detail::atomic<int> sleeps{0};
    bool seen_by_owner = false;
    bool seen_by_sleeper = false;
  };
  auto all = std::make_shared<meeting>();
  s.thread([all] {
    all->deque.push(0);
    all->seen_by_owner = all->sleeps.load() == 1;
  });
  s.thread([all] {
    all->sleeps.store(1);
    all->seen_by_sleeper = !all->deque.jobs.empty();
  });
  s.at_end([all] { return all->seen_by_owner || all->seen_by_sleeper; });
}

// The owner's places change hands between jobs of the scope that is looked for and others; the
// thief must never get one of the others.
void only_of_its_scope(model::scenario& s) {
  auto all = std::make_shared<shared>();
  auto stranger = std::make_shared<par::detail::atomic<int>>(0);
  s.thread([=] {
    for (std::size_t i = 0; i < 4; ++i) {
      all->all[i].taken.set(0);
      all->jobs.make_room();
      all->jobs.push(all->all[i], i % 2 == 0 ? all.get() : nullptr);
      if (i != 1) all->pop();
    }
  });
  s.thread([=] {
    par::detail::job* const stolen = all->jobs.steal(all.get());
    if (!all->take(stolen)) return;
    if (stolen == &all->all[1] || stolen == &all->all[3]) stranger->store(1);
  });
  s.at_end([=] { return stranger->load() == 0 && all->whole(4); });
}

const std::vector<model::proof> proofs = {
    {"only of its scope", only_of_its_scope},
    {"the last one", program(2, {pushes_and_pops, steals, steals})},
    {"two of each", program(2, {pushes_two_and_pops_two, steals_twice})},
    {"two thieves", program(2, {pushes_two_and_pops_two, steals, steals}), {.stale_reads = 1}},
    {"grows", program(4, {grows, steals_twice})},
    {"wraps", program(4, {wraps, steals_twice})},
    {"every thief finds one", every_thief_finds_one},
    {"push and sleeper meet", push_and_sleeper_meet},
};

TEST(steal_deque_model, loses_and_doubles_nothing) {
  model::prove(proofs);
}

// Without the acquire of make_room a thief could read what the owner writes after it: load
// buffering, which the explorer leaves out.
TEST(steal_deque_model, needs_every_order_but_one) {
  EXPECT_THAT(model::needless_orders(proofs, {"steal_deque.cpp"}),
              model::are_only({"steal_deque.cpp make_room load acquire -> relaxed"}));
}

}  // namespace
