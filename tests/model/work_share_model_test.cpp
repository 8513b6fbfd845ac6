#include "pools/work_share.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "model/data.h"
#include "model/prove.h"

namespace {

using par::detail::span_of_work;
using par::detail::work_share;

// Two members of a loop: an iteration that two of them run is a data race, one that nobody runs is
// missing at the end.
struct loop {
  std::array<work_share, 2> shares;
  std::array<model::data<int>, 4> runs;

  void run(span_of_work piece) {
    for (std::uint32_t i = piece.begin; i < piece.end; ++i) runs[i].set(runs[i].get() + 1);
  }

  // As a member of a team does: its own share, then what it can steal.
  void serve(std::size_t self) {
    for (;;) {
      const span_of_work own = shares[self].take(1, 2);
      if (!own.empty()) {
        run(own);
        continue;
      }
      const span_of_work stolen = shares[1 - self].steal(1);
      if (stolen.empty()) return;
      shares[self].fill(stolen);
    }
  }
};

model::test members(std::uint32_t iterations) {
  return [=](model::scenario& s) {
    auto all = std::make_shared<loop>();
    all->shares[0].fill({0, iterations});
    for (std::size_t i = 0; i < 2; ++i) s.thread([all, i] { all->serve(i); });
    s.at_end([all, iterations] {
      return std::all_of(all->runs.begin(), all->runs.begin() + iterations,
                         [](const model::data<int>& each) { return each.get() == 1; });
    });
  };
}

TEST(work_share_model, every_iteration_is_run_once) {
  model::prove(
      {{"one", members(1)}, {"two", members(2)}, {"four", members(4), {.stale_reads = 1}}});
}

}  // namespace
