// The same with a process, and a value that lies in a third one.
#include <cstdio>

#include "par/processes/manager/manager.h"
#include "par/processes/process.h"

namespace {

void answer(const par::managed_value<int>& into, par::connection end) {
  into.set(end.recv<int>() + 1);
  end.send(true);
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  par::manager shared;
  const auto value = shared.value<int>();
  auto [mine, other] = par::pipe();
  par::process child(par::bound<&answer>(value, std::move(other)));
  mine.send(41);
  static_cast<void>(mine.recv<bool>());
  std::printf("%d\n", value.get());
}
