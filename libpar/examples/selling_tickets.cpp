// Twenty processes sell ten tickets, whose number is in a file, without a lock and with one.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include "par/processes/ipc/barrier.h"
#include "par/processes/ipc/mutex.h"
#include "par/processes/process.h"
#include "par/processes/shared_value.h"

namespace {

constexpr int sellers = 20, tickets = 10;
using tally = par::shared_value<int>;

int read_tickets(const std::string& file) {
  int left = 0;
  std::ifstream(file) >> left;
  return left;
}

void write_tickets(const std::string& file, int left) {
  std::ofstream(file) << left;
}

// The barrier lets all of them look before one sells, as it may happen when many come at once.
void sell_in_a_hurry(const std::string& file, const tally& sold, const par::ipc::barrier& looked) {
  const int left = read_tickets(file);
  looked.wait();
  if (left == 0) return;
  write_tickets(file, left - 1);
  sold.with_lock([](int& count) { ++count; });
}

void sell_in_turn(const std::string& file, const tally& sold, const par::ipc::mutex& guard) {
  const std::lock_guard lock(guard);
  const int left = read_tickets(file);
  if (left == 0) return;
  write_tickets(file, left - 1);
  sold.with_lock([](int& count) { ++count; });
}

template <auto sell, class Shared>
void sell_all(const char* how, const std::string& file, const Shared& shared) {
  write_tickets(file, tickets);
  const tally sold;
  std::vector<par::process> all;
  for (int i = 0; i < sellers; ++i) all.emplace_back(par::bound<sell>(file, sold, shared));
  for (par::process& each : all) each.join();
  std::printf("%s: %d of %d tickets sold\n", how, sold.get(), tickets);
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  std::string directory = std::filesystem::temp_directory_path() / "tickets.XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr) return EXIT_FAILURE;
  const std::string file = directory + "/left";
  sell_all<&sell_in_a_hurry>("without a lock", file, par::ipc::barrier(sellers));
  sell_all<&sell_in_turn>("with a lock", file, par::ipc::mutex());
  std::filesystem::remove_all(directory);
}
