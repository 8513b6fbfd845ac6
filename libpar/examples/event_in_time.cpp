// A child waits for an event, first with a limit, then without.
#include <chrono>
#include <cstdio>

#include "par/processes/ipc/event.h"
#include "par/processes/process.h"

namespace {

void wait_twice(const par::ipc::event& start, const par::ipc::event& tired) {
  using namespace std::chrono_literals;
  std::printf("within 10 ms: %s\n", start.wait_for(10ms) ? "set" : "not set");
  tired.set();
  start.wait();
  std::printf("without a limit: %s\n", start.is_set() ? "set" : "not set");
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  const par::ipc::event start;
  const par::ipc::event tired;
  par::process child(par::bound<&wait_twice>(start, tired));
  tired.wait();
  start.set();
  child.join();
}
