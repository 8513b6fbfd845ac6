// A counter that loses counts without a lock, and none with one.
#include <atomic>
#include <iostream>
#include <mutex>
#include <vector>

#include "par/locks/barrier.h"
#include "par/locks/mutex.h"
#include "par/pools/thread.h"

namespace {

constexpr int threads = 2, rounds = 1000;

template <class F>
void run_team(F f) {
  std::vector<par::thread> team;
  for (int i = 0; i < threads; ++i) team.emplace_back("count", f);
}

// Reading, adding and writing are three steps. The barrier puts both reads before both writes,
// which without it happens only now and then: one of the two counts is lost.
int count_in_three_steps() {
  std::atomic<int> counter = 0;
  par::barrier between(threads);
  run_team([&] {
    for (int i = 0; i < rounds; ++i) {
      const int seen = counter.load(std::memory_order_relaxed);
      between.wait();
      counter.store(seen + 1, std::memory_order_relaxed);
      between.wait();
    }
  });
  return counter;
}

int count_under_a_lock() {
  int counter = 0;
  par::mutex guard;
  run_team([&] {
    for (int i = 0; i < rounds; ++i) {
      const std::lock_guard lock(guard);
      ++counter;
    }
  });
  return counter;
}

}  // namespace

int main() {
  std::cout << threads << " threads count to " << rounds << " each\n"
            << "without a lock: " << count_in_three_steps() << '\n'
            << "with a lock: " << count_under_a_lock() << '\n';
}
