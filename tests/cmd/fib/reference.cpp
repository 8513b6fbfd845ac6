#include "cmd/fib/reference.h"

#include <gmpxx.h>

#include <cstdlib>
#include <utility>

namespace fib::reference {

mpz_class value(const sequence& of, index at) {
  mpz_class current = of.zeroth;
  mpz_class next = of.first;
  for (; at > 0; --at) {
    current += next;
    swap(current, next);
  }
  for (; at < 0; ++at) {
    next -= current;
    swap(current, next);
  }
  return current;
}

mpz_class fibonacci(index at) {
  mpz_class found;
  mpz_fib_ui(found.get_mpz_t(), static_cast<unsigned long>(std::abs(at)));
  return at < 0 && at % 2 == 0 ? mpz_class(-found) : found;
}

std::string lines(const index_range& numbers, const sequence& of, int base) {
  mpz_class current = of.is_fibonacci() ? fibonacci(numbers.first) : value(of, numbers.first);
  mpz_class next = of.is_fibonacci() ? fibonacci(numbers.first + 1) : value(of, numbers.first + 1);
  std::string text;
  for (std::uint64_t i = 0; i < numbers.count; ++i) {
    text += current.get_str(base) + '\n';
    current += next;
    swap(current, next);
  }
  return text;
}

}  // namespace fib::reference
