#include "fib/numbers/until.h"

#include "fib/numbers/leading.h"
#include "fib/numbers/terms.h"

namespace fib {

namespace {

// By its length alone, so that no number is computed that is far longer than the limit.
bool is_longer(const sequence& of, index at, const mpz_class& limit, const computation& how) {
  const radix binary(2);
  return leading_digits_of(of, binary, 0, at, how).length > mpz_sizeinbase(limit.get_mpz_t(), 2);
}

}  // namespace

index_range numbers_until(const sequence& of, index first, const mpz_class& limit,
                          const computation& how) {
  if (is_longer(of, first, limit, how)) return {.first = first, .count = 0};
  terms pair = terms_at(of, first, how);
  std::uint64_t count = 0;
  while (mpz_cmpabs(pair.at.get_mpz_t(), limit.get_mpz_t()) <= 0) {
    pair.at += pair.next;
    swap(pair.at, pair.next);
    ++count;
    how.advance(0);
  }
  return {.first = first, .count = count};
}

}  // namespace fib
