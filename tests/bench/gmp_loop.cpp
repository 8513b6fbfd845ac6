// The rival of fib: prints the first N Fibonacci numbers with GMP's addition and conversion.
#include <gmp.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  const unsigned long count = argc == 2 ? std::strtoul(argv[1], nullptr, 10) : 0;
  mpz_t current;
  mpz_t next;
  mpz_init_set_ui(current, 1);
  mpz_init_set_ui(next, 1);
  for (unsigned long i = 0; i < count; ++i) {
    mpz_out_str(stdout, 10, current);
    std::putchar('\n');
    mpz_add(current, current, next);
    mpz_swap(current, next);
  }
  mpz_clear(current);
  mpz_clear(next);
}
