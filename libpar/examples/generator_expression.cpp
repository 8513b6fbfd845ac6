// Python's (x * x for x in numbers if x % 2), lazily, as views; and over several threads.
#include <iostream>
#include <ranges>
#include <string>

#include "par/iterators/chunk.h"
#include "par/iterators/generator.h"
#include "par/iterators/map.h"
#include "par/iterators/take.h"
#include "par/pools/thread_pool.h"

namespace {

bool is_odd(int n) {
  return n % 2 == 1;
}

int square(int n) {
  return n * n;
}

par::generator<int> count_from(int first) {
  for (;;) co_yield first++;
}

template <class Range>
void print(const char* what, Range&& numbers) {
  std::cout << what;
  for (const int n : numbers) std::cout << ' ' << n;
  std::cout << '\n';
}

}  // namespace

int main() {  // NOLINT(bugprone-exception-escape): ends the program, and says what.
  print("views:",
        std::views::iota(0, 10) | std::views::filter(is_odd) | std::views::transform(square));

  // Nothing is computed before it is asked for, so the source may be endless.
  print("endless:",
        count_from(0) | std::views::filter(is_odd) | std::views::transform(square) | par::take(5));

  // The same with the squares computed in parallel, in order, at most four of them ahead.
  par::thread_pool pool(2);
  print("parallel:", count_from(0) | std::views::filter(is_odd) |
                         par::map(pool, square, {.ordered = true, .window = 4}) | par::take(5));

  // Three at a time.
  for (auto& row : count_from(1) | par::take(7) | par::chunk(3)) print("row:", row);
}
