// Runs a small concurrent test once for each way it can go: every interleaving of its threads, and
// every value that C++'s memory orders allow its loads to see.
//
//   const model::verdict v = model::explore([](model::scenario& s) {
//     auto counter = std::make_shared<par::detail::atomic<int>>(0);
//     for (int i = 0; i < 2; ++i) s.thread([counter] { counter->fetch_add(1); });
//     s.at_end([counter] { return counter->load() == 2; });
//   });
//   EXPECT_TRUE(v.holds()) << v;
//
// Method: iterative context bounding (Musuvathi and Qadeer, PLDI 2007): depth-first over every
// choice, with a bound on each kind of surprise. Stale reads as in CDSChecker (Norris and Demsky,
// OOPSLA 2013); races by vector clocks (Flanagan and Freund, FastTrack, PLDI 2009).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "model/order.h"

namespace model {

// How many surprises one run may hold, of each kind.
struct options {
  int preemptions = 2;     // A thread is interrupted that could go on.
  int stale_reads = 2;     // A load sees a store that is not the newest.
  int spurious = 1;        // A futex_wait returns, or a weak compare-exchange fails, for no reason.
  int early_timeouts = 2;  // A timed wait times out before another thread that could go on.
  int vanishings = 1;      // A mortal thread stops for ever, as a process does that is killed.
  std::size_t steps = 10'000;    // A run that is longer is a failure: "does not end".
  std::size_t runs = 5'000'000;  // More than these are a failure: "too many runs".
  std::optional<weakening> weaken = {};
};

// One run: its threads, and what must hold when all have ended or vanished. The functions own what
// they share, since the threads of a failed run never end.
class scenario {
 public:
  void thread(std::function<void()> body) { threads_.push_back({std::move(body), false}); }
  void mortal(std::function<void()> body) { threads_.push_back({std::move(body), true}); }
  void at_end(std::function<bool()> holds) { at_end_ = std::move(holds); }

 private:
  friend class execution;
  struct life {
    std::function<void()> body;
    bool mortal;
  };
  std::vector<life> threads_;
  std::function<bool()> at_end_ = [] { return true; };
};

using test = std::function<void(scenario&)>;

struct verdict {
  std::size_t runs = 0;
  // Empty, "deadlock", "wrong result", "does not end", "data race", "used after its end",
  // "exception", "not repeatable" or "too many runs".
  std::string failure;
  std::vector<std::size_t> schedule;  // The choices that led to the failure: replay repeats them.
  std::optional<std::uint64_t> seed;  // Of explore_random: repeats the failure in one run.
  std::vector<std::string> trace;     // What each thread did in the run that failed.

  [[nodiscard]] bool holds() const { return failure.empty(); }
};

// All that is needed to look at a failure again.
std::ostream& operator<<(std::ostream& out, const verdict& v);

// Stops at the first failure.
[[nodiscard]] verdict explore(const test& make, const options& bounds = {});

// Runs by chance, the first with this seed and each next one with the seed after it.
[[nodiscard]] verdict explore_random(const test& make, std::uint64_t seed, std::size_t runs,
                                     const options& bounds = {});

// One run by a given schedule: numbers as in verdict, or the text that a verdict prints.
[[nodiscard]] verdict replay(const test& make, const std::vector<std::size_t>& schedule,
                             const options& bounds = {});
[[nodiscard]] verdict replay(const test& make, const std::string& schedule,
                             const options& bounds = {});

}  // namespace model
