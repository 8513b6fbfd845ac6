#include "reference.h"

#include <gmpxx.h>

#include <utility>

namespace fib::reference {

std::string number(std::uint64_t index) {
  mpz_class value;
  mpz_fib_ui(value.get_mpz_t(), index);
  return value.get_str();
}

std::string lines(index_range numbers) {
  mpz_class current;
  mpz_class next;
  mpz_fib_ui(current.get_mpz_t(), numbers.first);
  mpz_fib_ui(next.get_mpz_t(), numbers.first + 1);
  std::string text;
  for (std::uint64_t i = 0; i < numbers.count; ++i) {
    text += current.get_str() + '\n';
    current += next;
    std::swap(current, next);
  }
  return text;
}

}  // namespace fib::reference
