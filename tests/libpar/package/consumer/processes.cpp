// The same with a process.
#include <cstdio>

#include "par/processes/process.h"

int main() {
  auto [mine, other] = par::pipe();
  par::process child =
      par::process::fork([end = std::move(other)]() mutable { end.send(end.recv<int>() + 1); });
  mine.send(41);
  std::printf("%d\n", mine.recv<int>());
}
