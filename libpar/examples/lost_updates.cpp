// Two processes that count in one value without a lock lose every other count.
#include <cstdio>
#include <vector>

#include "par/processes/ipc/barrier.h"
#include "par/processes/process.h"
#include "par/processes/shared_value.h"

namespace {

constexpr int processes = 2, rounds = 1000;
using counter = par::shared_value<int, par::unguarded>;

// The barrier puts both reads before both writes, which without it happens only now and then.
void count(const counter& value, const par::ipc::barrier& between) {
  for (int i = 0; i < rounds; ++i) {
    const int seen = value.get();
    between.wait();
    value.set(seen + 1);
    between.wait();
  }
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  const counter value;
  const par::ipc::barrier between(processes);
  std::vector<par::process> team;
  for (int i = 0; i < processes; ++i) team.emplace_back(par::bound<&count>(value, between));
  for (par::process& each : team) each.join();
  std::printf("%d processes counted to %d each: %d\n", processes, rounds, value.get());
}
