// The same with a process.
#include <cstdio>

#include "par/processes/process.h"

namespace {

void answer(par::connection end) {
  end.send(end.recv<int>() + 1);
}

}  // namespace

int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  auto [mine, other] = par::pipe();
  par::process child(par::bound<&answer>(std::move(other)));
  mine.send(41);
  std::printf("%d\n", mine.recv<int>());
}
