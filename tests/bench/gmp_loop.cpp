// The rival of fib: prints the first N Fibonacci numbers with GMP's addition and conversion, or
// with
// --nth one number by its doubling and conversion.
#include <gmp.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

void print_first(unsigned long count) {
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

void print_nth(unsigned long index) {
  mpz_t number;
  mpz_init(number);
  mpz_fib_ui(number, index);
  char* const text = mpz_get_str(nullptr, 10, number);
  std::puts(text);
  std::free(text);
  mpz_clear(number);
}

}  // namespace

int main(int argc, char** argv) {
  const unsigned long number = argc >= 2 ? std::strtoul(argv[argc - 1], nullptr, 10) : 0;
  if (argc == 3 && std::string_view(argv[1]) == "--nth") {
    print_nth(number);
  } else {
    print_first(number);
  }
}
