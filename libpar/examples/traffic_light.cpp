// A traffic light: cars wait for an event, and pass while it is set.
#include <chrono>
#include <iostream>
#include <vector>

#include "par/locks/event.h"
#include "par/locks/semaphore.h"
#include "par/pools/thread.h"

int main() {
  constexpr int cars = 3;
  par::event green;
  par::semaphore arrived(0), passed(0);

  std::vector<par::thread> traffic;
  for (int i = 0; i < cars; ++i) {
    traffic.emplace_back("car", [&] {
      arrived.release();
      green.wait();
      passed.release();
    });
  }
  for (int i = 0; i < cars; ++i) arrived.acquire();
  std::cout << "red: " << cars << " cars have come, " << (passed.try_acquire() ? "one" : "none")
            << " has passed\n";

  green.set();
  for (int i = 0; i < cars; ++i) passed.acquire();
  std::cout << "green: " << cars << " cars have passed\n";
  std::cout << "still green: a late car " << (green.is_set() ? "drives on" : "waits") << '\n';

  green.clear();
  const bool in_time = green.wait_for(std::chrono::milliseconds(10));
  std::cout << "red again: a driver " << (in_time ? "passes" : "loses patience and turns round")
            << '\n';
}
