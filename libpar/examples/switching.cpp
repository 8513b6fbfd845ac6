// Two functions that hand control over to each other: prints 1 3 2 4.
#include <iostream>

#include "par/coroutines/fiber.h"

namespace {

par::task<> first(par::fiber<>& other) {
  std::cout << "1\n";
  co_await other.switch_to();
  std::cout << "2\n";
  co_await other.switch_to();
  std::cout << "never printed: nobody switches back here\n";
}

par::task<> second(par::fiber<>& other) {
  std::cout << "3\n";
  co_await other.switch_to();
  std::cout << "4\n";
}

}  // namespace

int main() {
  par::fiber<> a, b;
  a.bind(first(b));
  b.bind(second(a));
  a.run();
}
