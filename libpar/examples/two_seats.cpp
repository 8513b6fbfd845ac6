// Two seats and five guests: the others wait at a semaphore.
#include <algorithm>
#include <cstdio>
#include <vector>

#include "par/processes/ipc/semaphore.h"
#include "par/processes/process.h"
#include "par/processes/shared_value.h"

namespace {

constexpr int seats = 2, guests = 5, meals = 100;

struct room {
  int seated = 0;
  int most = 0;
  int served = 0;
};

void dine(const par::ipc::semaphore& free_seats, const par::shared_value<room>& table) {
  for (int i = 0; i < meals; ++i) {
    free_seats.acquire();
    table.with_lock([](room& now) { now.most = std::max(now.most, ++now.seated); });
    table.with_lock([](room& now) {
      --now.seated;
      ++now.served;
    });
    free_seats.release();
  }
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  const par::ipc::semaphore free_seats(seats);
  const par::shared_value<room> table;
  std::vector<par::process> all;
  for (int i = 0; i < guests; ++i) all.emplace_back(par::bound<&dine>(free_seats, table));
  for (par::process& each : all) each.join();
  const room end = table.get();
  std::printf("%d guests had %d meals\n", guests, end.served);
  std::printf("never more than %d at the table: %s\n", seats, end.most <= seats ? "true" : "false");
  std::printf("%zu seats are free again\n", free_seats.free());
}
