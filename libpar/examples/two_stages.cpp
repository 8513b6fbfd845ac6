// The second stage waits at a condition until the first one is through.
#include <cstdio>
#include <mutex>
#include <vector>

#include "par/processes/ipc/condition_variable.h"
#include "par/processes/ipc/mutex.h"
#include "par/processes/process.h"
#include "par/processes/shared_value.h"

namespace {

using result = par::shared_value<int, par::ipc::mutex>;  // 0: not there yet.

void first_stage(const result& prepared, const par::ipc::condition_variable& ready) {
  prepared.set(42);
  ready.notify_all();
}

void second_stage(const result& prepared, const par::ipc::condition_variable& ready,
                  const par::shared_value<int>& sum) {
  std::unique_lock lock(prepared.guard());
  ready.wait(lock, [&] { return prepared.unlocked() != 0; });
  sum.with_lock([&](int& all) { all += prepared.unlocked(); });
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  const result prepared;
  const par::ipc::condition_variable ready;
  const par::shared_value<int> sum;
  std::vector<par::process> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.emplace_back(par::bound<&second_stage>(prepared, ready, sum));
  }
  par::process first(par::bound<&first_stage>(prepared, ready));
  first.join();
  std::printf("the first stage made %d\n", prepared.get());
  for (par::process& each : waiting) each.join();
  std::printf("three of the second stage used it: %d\n", sum.get());
}
