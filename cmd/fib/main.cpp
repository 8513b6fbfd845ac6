// fib: prints Fibonacci numbers.
#include "cli/command.h"
#include "fib/shell/command.h"
#include "fib/shell/gmp_memory.h"

int main(int argc, char** argv) {
  fib::end_quietly_when_gmp_is_out_of_memory();
  return cli::run(argc, argv, fib::make_command());
}
