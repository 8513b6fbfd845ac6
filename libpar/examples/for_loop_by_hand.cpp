// What a for loop does: by iterators, and as Python does it, by iter() and next().
#include <iostream>
#include <vector>

#include "par/iterators/next.h"

namespace {

void with_for(const std::vector<int>& numbers) {
  for (const int i : numbers) std::cout << ' ' << i;
}

// The compiler makes this of the loop above.
void with_iterators(const std::vector<int>& numbers) {
  const auto end = numbers.end();
  for (auto at = numbers.begin(); at != end; ++at) {
    const int i = *at;
    std::cout << ' ' << i;
  }
}

// Python's interpreter makes this of its for loop.
void with_next(const std::vector<int>& numbers) {
  auto at = par::iter(numbers);
  for (;;) {
    try {
      const int i = par::next(at);
      std::cout << ' ' << i;
    } catch (const par::stop_iteration&) {
      break;
    }
  }
}

}  // namespace

int main() {
  const std::vector<int> numbers = {1, 2, 3};
  std::cout << "for:";
  with_for(numbers);
  std::cout << "\nbegin, end, ++, *:";
  with_iterators(numbers);
  std::cout << "\niter, next, stop_iteration:";
  with_next(numbers);
  std::cout << '\n';
}
