// Twenty tasks of a pool of processes sell ten tickets, whose number is in a file; the lock is a
// manager's.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "par/processes/manager/manager.h"
#include "par/processes/process_pool.h"

namespace {

constexpr int tasks = 20, tickets = 10;

// True: one was sold.
bool sell(const std::string& file, const par::managed_mutex& guard) {
  const par::lock_guard lock(guard);
  int left = 0;
  std::ifstream(file) >> left;
  if (left == 0) return false;
  std::ofstream(file) << left - 1;
  return true;
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): ends the program, and says what.
int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  std::string directory = std::filesystem::temp_directory_path() / "tickets.XXXXXX";
  if (::mkdtemp(directory.data()) == nullptr) return EXIT_FAILURE;
  const std::string file = directory + "/left";
  std::ofstream(file) << tickets;
  const par::manager shared;
  const auto guard = shared.mutex();
  par::process_pool pool(4);
  std::vector<par::future<bool>> all;
  for (int i = 0; i < tasks; ++i) all.push_back(pool.submit<&sell>(file, guard));
  int sold = 0;
  for (par::future<bool>& each : all) sold += each.get() ? 1 : 0;
  std::printf("%d of %d tickets sold\n", sold, tickets);
  std::filesystem::remove_all(directory);
}
