// Runs a small concurrent test once for each interleaving of its threads.
//
//   const model::verdict v = model::explore([](model::scenario& s) {
//     auto counter = std::make_shared<par::detail::atomic<int>>(0);
//     for (int i = 0; i < 2; ++i) s.thread([counter] { counter->fetch_add(1); });
//     s.at_end([counter] { return counter->load() == 2; });
//   });
//   EXPECT_TRUE(v.holds()) << v.failure;
//
// Method: iterative context bounding (Musuvathi and Qadeer, PLDI 2007): depth-first over every
// choice of the scheduler, with a bound on how often a thread is interrupted that could go on.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace model {

struct options {
  int preemptions = 2;
  std::size_t steps = 10'000;  // A run that is longer is a failure: it does not end.
};

// One run: its threads, and what must hold when all have ended. The functions own what they share,
// since the threads of a deadlocked run never end.
class scenario {
 public:
  void thread(std::function<void()> body) { threads_.push_back(std::move(body)); }
  void at_end(std::function<bool()> holds) { at_end_ = std::move(holds); }

 private:
  friend class execution;
  std::vector<std::function<void()>> threads_;
  std::function<bool()> at_end_ = [] { return true; };
};

struct verdict {
  std::size_t runs = 0;
  std::string failure;                // Empty, "deadlock", "wrong result" or "does not end".
  std::vector<std::size_t> schedule;  // The choices that led to the failure: replay() repeats them.

  [[nodiscard]] bool holds() const { return failure.empty(); }
};

using test = std::function<void(scenario&)>;

// Stops at the first failure.
[[nodiscard]] verdict explore(const test& make, options bounds = {});

// One run by a given schedule, for looking at a failure again.
[[nodiscard]] verdict replay(const test& make, std::vector<std::size_t> schedule,
                             options bounds = {});

}  // namespace model
