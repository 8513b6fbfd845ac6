#include "fib/nth.h"

#include <gmpxx.h>

#include "par/pools/future.h"

namespace fib {

namespace {

std::string to_decimal(const mpz_class& value) {
  constexpr int base = 10;
  // mpz_sizeinbase may be one too many; two more for a sign and the final NUL.
  std::string text(mpz_sizeinbase(value.get_mpz_t(), base) + 2, '\0');
  mpz_get_str(text.data(), base, value.get_mpz_t());
  text.resize(text.find('\0'));
  return text;
}

struct pair {
  mpz_class before_last;
  mpz_class last;
};

// GMP's doubling formulas; for index 1 it gives F(0) = 0 and F(-1) = 1.
pair pair_before(std::uint64_t index) {
  pair made;
  mpz_fib2_ui(made.last.get_mpz_t(), made.before_last.get_mpz_t(), index - 1);
  return made;
}

}  // namespace

std::string number(std::uint64_t index) {
  mpz_class value;
  mpz_fib_ui(value.get_mpz_t(), index);
  return to_decimal(value);
}

neighbours numbers_before(std::uint64_t index) {
  const pair start = pair_before(index);
  return {.before_last = to_decimal(start.before_last), .last = to_decimal(start.last)};
}

neighbours numbers_before(std::uint64_t index, par::executor& on) {
  const pair start = pair_before(index);
  par::future<std::string> before_last =
      par::submit(on, [&start] { return to_decimal(start.before_last); });
  std::string last = to_decimal(start.last);
  return {.before_last = before_last.get(), .last = std::move(last)};
}

}  // namespace fib
