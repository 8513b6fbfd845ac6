// Threads that wait on an event for a connection, and count their tries.
#include <chrono>
#include <iostream>
#include <vector>

#include "par/locks/event.h"
#include "par/locks/semaphore.h"
#include "par/pools/thread.h"

namespace {

constexpr int workers = 4;
constexpr int patience = 3;  // Tries of each after which the server comes up.

// Looks again and again, and says so when it has looked often enough.
int count_tries(par::event& connected, par::semaphore& tired) {
  int tries = 1;
  while (!connected.wait_for(std::chrono::milliseconds(1))) {
    if (++tries == patience) tired.release();
  }
  return tries;
}

}  // namespace

int main() {
  par::event connected;
  par::semaphore tired(0);
  std::vector<int> tries(workers);
  std::vector<par::thread> team;
  for (int i = 0; i < workers; ++i) {
    team.emplace_back(
        "worker", [&, i] { tries[static_cast<std::size_t>(i)] = count_tries(connected, tired); });
  }
  for (int i = 0; i < workers; ++i) tired.acquire();
  std::cout << "server is up\n";
  connected.set();
  for (par::thread& each : team) each.join();
  for (int i = 0; i < workers; ++i) {
    const bool enough = tries[static_cast<std::size_t>(i)] >= patience;
    std::cout << "worker " << i << ": connected, after " << (enough ? "at least " : "less than ")
              << patience << " tries\n";
  }
}
