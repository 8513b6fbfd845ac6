// Four processes count in one value.
#include <cstdio>
#include <vector>

#include "par/processes/process.h"
#include "par/processes/shared_value.h"

namespace {

constexpr int processes = 4, rounds = 1000;

void count(const par::shared_value<int>& counter) {
  for (int i = 0; i < rounds; ++i) counter.with_lock([](int& value) { ++value; });
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  const par::shared_value<int> counter;
  std::vector<par::process> team;
  for (int i = 0; i < processes; ++i) team.emplace_back(par::bound<&count>(counter));
  for (par::process& each : team) each.join();
  std::printf("%d processes counted to %d each: %d\n", processes, rounds, counter.get());
}
