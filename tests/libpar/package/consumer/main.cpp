// What a user of the installed library would write first.
#include <cstdio>
#include <ranges>

#include "par/base/cpu_count.h"
#include "par/pools/map.h"
#include "par/pools/thread_pool.h"

int main() {
  par::thread_pool pool(par::cpu_count());
  int sum = 0;
  for (const int square : par::map(pool, std::views::iota(1, 5), [](int i) { return i * i; })) {
    sum += square;
  }
  std::printf("%d\n", sum);
}
