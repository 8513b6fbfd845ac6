// A semaphore that lets five in at a time.
#include <algorithm>
#include <iostream>
#include <mutex>
#include <vector>

#include "par/locks/barrier.h"
#include "par/locks/bounded_semaphore.h"
#include "par/locks/mutex.h"
#include "par/pools/thread.h"

int main() {
  constexpr int guests = 20, seats = 5;
  par::bounded_semaphore free_seats(seats);
  par::barrier full_table(seats);  // Nobody leaves before the table is full.
  par::mutex guard;
  int inside = 0, most = 0, served = 0;

  std::vector<par::thread> team;
  for (int i = 0; i < guests; ++i) {
    team.emplace_back("guest", [&] {
      free_seats.acquire();
      {
        const std::lock_guard lock(guard);
        most = std::max(most, ++inside);
      }
      full_table.wait();
      {
        const std::lock_guard lock(guard);
        --inside;
        ++served;
      }
      free_seats.release();
    });
  }
  for (par::thread& each : team) each.join();
  std::cout << served << " guests were served, at most " << most << " at once\n";
}
