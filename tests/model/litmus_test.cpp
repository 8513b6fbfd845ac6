// The memory model itself: which outcomes of small programs the explorer reaches, and which never.
// The programs and their names are those of the literature (Alglave, Maranget and Tautschnig,
// "Herding cats", 2014).
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <set>
#include <vector>

#include "model/explorer.h"
#include "model/sync.h"

namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;
constexpr auto release = std::memory_order_release;
constexpr auto acq_rel = std::memory_order_acq_rel;
constexpr auto seq_cst = std::memory_order_seq_cst;

using outcome = std::array<int, 4>;  // What was read, in the order of the program's text.

struct cells {
  par::detail::atomic<int> x{0}, y{0}, z{0};
  outcome r{};
};

using body = std::function<void(cells&)>;

std::set<outcome> outcomes(const std::vector<body>& threads) {
  std::set<outcome> seen;
  const model::verdict v = model::explore(
      [&](model::scenario& s) {
        auto all = std::make_shared<cells>();
        for (const body& each : threads) s.thread([all, &each] { each(*all); });
        s.at_end([all, &seen] {
          seen.insert(all->r);
          return true;
        });
      },
      {.preemptions = 4, .stale_reads = 4});
  EXPECT_TRUE(v.holds()) << v;
  return seen;
}

struct litmus {
  const char* name;
  std::vector<body> threads;
  outcome of_interest;
  bool allowed;
};

std::vector<body> message_passing(std::memory_order store, std::memory_order load) {
  return {[=](cells& c) {
            c.x.store(1, relaxed);
            c.y.store(1, store);
          },
          [=](cells& c) {
            c.r[0] = c.y.load(load);
            c.r[1] = c.x.load(relaxed);
          }};
}

std::vector<body> store_buffering(std::memory_order store, std::memory_order load) {
  return {[=](cells& c) {
            c.x.store(1, store);
            c.r[0] = c.y.load(load);
          },
          [=](cells& c) {
            c.y.store(1, store);
            c.r[1] = c.x.load(load);
          }};
}

std::vector<body> exchange_buffering(std::memory_order order, std::memory_order load) {
  return {[=](cells& c) {
            c.x.exchange(1, order);
            c.r[0] = c.y.load(load);
          },
          [=](cells& c) {
            c.y.exchange(1, order);
            c.r[1] = c.x.load(load);
          }};
}

// Two writers, two readers: do both readers see the writes in the same order?
std::vector<body> independent_reads(std::memory_order store, std::memory_order load) {
  return {[=](cells& c) { c.x.store(1, store); }, [=](cells& c) { c.y.store(1, store); },
          [=](cells& c) {
            c.r[0] = c.x.load(load);
            c.r[1] = c.y.load(load);
          },
          [=](cells& c) {
            c.r[2] = c.y.load(load);
            c.r[3] = c.x.load(load);
          }};
}

// What one thread saw must have happened for the thread that it tells.
std::vector<body> write_to_read(std::memory_order order) {
  return {[=](cells& c) { c.x.store(1, relaxed); },
          [=](cells& c) {
            c.r[0] = c.x.load(relaxed);
            c.y.store(1, order);
          },
          [=](cells& c) {
            c.r[1] = c.y.load(order == release ? acquire : relaxed);
            c.r[2] = c.x.load(relaxed);
          }};
}

// The first reads y early, or x late: the order of the sequentially consistent operations says
// nothing of x, which the second wrote after having seen y unchanged.
std::vector<body> late_read(std::memory_order load) {
  return {[=](cells& c) {
            c.r[0] = c.x.load(load);
            c.r[1] = c.y.load(seq_cst);
          },
          [](cells& c) {
            c.y.store(1, seq_cst);
            c.r[2] = c.z.load(seq_cst);
          },
          [](cells& c) {
            c.z.store(1, seq_cst);
            c.x.store(1, release);
          }};
}

std::vector<body> load_buffering() {
  return {[](cells& c) {
            c.r[0] = c.y.load(relaxed);
            c.x.store(1, relaxed);
          },
          [](cells& c) {
            c.r[1] = c.x.load(relaxed);
            c.y.store(1, relaxed);
          }};
}

std::vector<body> read_twice() {
  return {[](cells& c) {
            c.x.store(1, relaxed);
            c.x.store(2, relaxed);
          },
          [](cells& c) {
            c.r[0] = c.x.load(relaxed);
            c.r[1] = c.x.load(relaxed);
          }};
}

// The flag is changed once more, by `second`, between the release and the acquire.
std::vector<body> release_sequence(const body& second) {
  return {[](cells& c) {
            c.x.store(1, relaxed);
            c.y.store(1, release);
          },
          second,
          [](cells& c) {
            c.r[0] = c.y.load(acquire);
            c.r[1] = c.x.load(relaxed);
          }};
}

const body adds_relaxed = [](cells& c) {
  if (c.y.load(relaxed) == 1) c.y.fetch_add(1, relaxed);
};
const body stores_relaxed = [](cells& c) {
  if (c.y.load(relaxed) == 1) c.y.store(2, relaxed);
};

std::vector<body> failed_exchange(std::memory_order on_failure) {
  return {[](cells& c) {
            c.x.store(1, relaxed);
            c.y.store(1, release);
          },
          [=](cells& c) {
            int expected = 0;
            if (!c.y.compare_exchange_strong(expected, 7, relaxed, on_failure)) c.r[0] = expected;
            c.r[1] = c.x.load(relaxed);
          }};
}

const litmus programs[] = {
    {"MP relaxed", message_passing(relaxed, relaxed), {1, 0}, true},
    {"MP release, relaxed", message_passing(release, relaxed), {1, 0}, true},
    {"MP relaxed, acquire", message_passing(relaxed, acquire), {1, 0}, true},
    {"MP release, acquire", message_passing(release, acquire), {1, 0}, false},
    {"MP seq_cst", message_passing(seq_cst, seq_cst), {1, 0}, false},
    {"SB relaxed", store_buffering(relaxed, relaxed), {0, 0}, true},
    {"SB release, acquire", store_buffering(release, acquire), {0, 0}, true},
    {"SB seq_cst, acquire", store_buffering(seq_cst, acquire), {0, 0}, true},
    {"SB release, seq_cst", store_buffering(release, seq_cst), {0, 0}, true},
    {"SB seq_cst", store_buffering(seq_cst, seq_cst), {0, 0}, false},
    {"SB exchange acq_rel", exchange_buffering(acq_rel, acquire), {0, 0}, true},
    {"SB exchange seq_cst", exchange_buffering(seq_cst, seq_cst), {0, 0}, false},
    {"IRIW release, acquire", independent_reads(release, acquire), {1, 0, 1, 0}, true},
    {"IRIW seq_cst", independent_reads(seq_cst, seq_cst), {1, 0, 1, 0}, false},
    {"WRC relaxed", write_to_read(relaxed), {1, 1, 0}, true},
    {"WRC release, acquire", write_to_read(release), {1, 1, 0}, false},
    {"late read relaxed", late_read(relaxed), {1, 0, 0}, true},
    {"late read acquire", late_read(acquire), {1, 0, 0}, false},
    {"LB", load_buffering(), {1, 1}, false},
    {"CoRR forwards", read_twice(), {1, 2}, true},
    {"CoRR backwards", read_twice(), {2, 1}, false},
    {"CoRR back to the start", read_twice(), {1, 0}, false},
    {"release sequence through an addition", release_sequence(adds_relaxed), {2, 0}, false},
    {"no release sequence through a store", release_sequence(stores_relaxed), {2, 0}, true},
    {"failed exchange acquire", failed_exchange(acquire), {1, 0}, false},
    {"failed exchange relaxed", failed_exchange(relaxed), {1, 0}, true},
};

TEST(litmus, reaches_what_is_allowed_and_nothing_else) {
  for (const litmus& each : programs) {
    SCOPED_TRACE(each.name);
    EXPECT_EQ(outcomes(each.threads).contains(each.of_interest), each.allowed);
  }
}

TEST(litmus, store_buffering_has_every_other_outcome) {
  EXPECT_EQ(outcomes(store_buffering(relaxed, relaxed)),
            (std::set<outcome>{{0, 0}, {0, 1}, {1, 0}, {1, 1}}));
  EXPECT_EQ(outcomes(store_buffering(seq_cst, seq_cst)),
            (std::set<outcome>{{0, 1}, {1, 0}, {1, 1}}));
}

// A failed strong exchange is a load: it may fail on a value that is no longer there, and never on
// the one that it expects.
TEST(litmus, a_strong_exchange_fails_only_on_another_value) {
  const std::vector<body> threads = {[](cells& c) {
                                       c.x.store(1, relaxed);
                                       c.x.store(0, relaxed);
                                     },
                                     [](cells& c) {
                                       int expected = 0;
                                       c.r[0] = c.x.compare_exchange_strong(expected, 7, relaxed);
                                       c.r[1] = expected;
                                     }};
  EXPECT_EQ(outcomes(threads), (std::set<outcome>{{1, 0}, {0, 1}}));
}

TEST(litmus, a_weak_exchange_fails_for_no_reason) {
  const std::vector<body> threads = {[](cells& c) {
    int expected = 0;
    c.r[0] = c.x.compare_exchange_weak(expected, 7, relaxed);
    c.r[1] = expected;
  }};
  EXPECT_EQ(outcomes(threads), (std::set<outcome>{{1, 0}, {0, 0}}));
}

TEST(litmus, modifications_read_the_newest) {
  const body add = [](cells& c) { c.x.fetch_add(1, relaxed); };
  const body sub = [](cells& c) {
    c.x.fetch_sub(1, relaxed);
    c.r[0] = c.x.fetch_or(4, relaxed);
  };
  EXPECT_EQ(outcomes({add, sub}), (std::set<outcome>{{-1}, {0}}));
}

}  // namespace
