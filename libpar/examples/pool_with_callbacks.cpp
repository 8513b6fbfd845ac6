// A pool whose results come back by callback, in whatever order they are ready, and in order.
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "par/locks/mutex.h"
#include "par/pools/as_completed.h"
#include "par/pools/shared_future.h"
#include "par/pools/thread_pool.h"

namespace {

int square(int x) {
  if (x == 5) throw std::domain_error("five is not for squaring");
  return x * x;
}

// A callback runs on the thread that ended the task, so what it touches needs a lock.
class ledger {
 public:
  void enter(const par::shared_future<int>& done) {
    const std::lock_guard lock(guard_);
    if (done.exception() != nullptr) {
      ++failures_;
    } else {
      sum_ += done.get();
    }
  }

  void print() {
    const std::lock_guard lock(guard_);
    std::cout << "callbacks: sum " << sum_ << ", failures " << failures_ << '\n';
  }

 private:
  par::mutex guard_;
  int sum_ = 0;
  int failures_ = 0;
};

}  // namespace

int main() {  // NOLINT(bugprone-exception-escape): ends the program, and says what.
  ledger results;
  std::vector<par::shared_future<int>> squares;
  {
    par::thread_pool pool({.threads = 4, .name = "square"});
    for (int i = 1; i <= 10; ++i) {
      squares.emplace_back(pool.submit(square, i));
      squares.back().add_done_callback([&](const auto& done) { results.enter(done); });
    }
  }  // All have ended, and called back.
  results.print();

  std::cout << "in order:";
  for (const auto& each : squares) {
    try {
      const int value = each.get();
      std::cout << ' ' << value;
    } catch (const std::domain_error&) {
      std::cout << " -";
    }
  }
  std::cout << '\n';

  int done = 0;
  for (auto& each : par::as_completed(squares)) done += each.done() ? 1 : 0;
  std::cout << "as completed: " << done << '\n';
}
