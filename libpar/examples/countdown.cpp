// A hundred threads that count one guarded counter down.
#include <iostream>
#include <vector>

#include "par/base/thread_safety.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"
#include "par/pools/thread.h"

namespace {

class counter {
 public:
  explicit counter(int from) : value_(from) {}

  void decrement() {
    const par::lock_guard lock(guard_);
    --value_;
  }
  int value() {
    const par::lock_guard lock(guard_);
    return value_;
  }

 private:
  par::mutex guard_;
  int value_ PAR_GUARDED_BY(guard_);
};

}  // namespace

int main() {
  constexpr int threads = 100, steps = 1000;
  counter left(threads * steps);
  std::cout << "from " << left.value();
  {
    std::vector<par::thread> team;
    for (int i = 0; i < threads; ++i) {
      team.emplace_back("down", [&] {
        for (int n = 0; n < steps; ++n) left.decrement();
      });
    }
  }
  std::cout << " to " << left.value() << " by " << threads << " threads\n";
}
