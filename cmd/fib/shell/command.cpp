#include "fib/shell/command.h"

#include <fmt/format.h>

#include <memory>

#include "fib/indices/parse_range.h"
#include "fib/shell/choices.h"
#include "fib/shell/order.h"
#include "fib/shell/print.h"
#include "par/pools/serial_executor.h"

namespace fib {

namespace {

cli::status run(cli::session& session, const choices& chosen) {
  par::serial_executor here;
  std::atomic<std::uint64_t> steps = 0;  // Of finding the end of --until; nobody is told.
  try {
    const auto wanted =
        order_from(chosen, session.operands(), computation(here, session.stop(), steps));
    if (!wanted) throw cli::usage_error(wanted.error());
    return print(session, *wanted);
  } catch (const stopped&) {
    return cli::status::errors;
  }
}

std::vector<cli::option> all_options(choices& chosen) {
  std::vector<cli::option> all = which_options(chosen);
  for (const auto& more : {what_options(chosen), how_options(chosen)}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::string notes() {
  return fmt::format(
      "F(0) = 0, F(1) = 1, and each further number is the sum of the two before it; below zero, "
      "F(-n) = (-1)^(n+1) F(n). N is how many, from F(1) on; I..J is from F(I) to F(J). Indices "
      "are "
      "{}, and {} with --digits, --first, --last and --mod, which do not compute the whole "
      "number.\n\n"
      "With - indices and ranges I..J are read from standard input, any number on a line. A bad "
      "one "
      "is told by its line, and the others are printed.\n\n"
      "Exit status: 0 all printed; 1 an index read was bad, the output could not be written, or "
      "memory ran out; 2 wrong usage, or more memory needed than there is; 130 interrupted. When "
      "the reader closes the pipe, fib ends quietly by SIGPIPE, which a shell shows as 141.",
      allowed_indices(largest_index), allowed_indices(farthest_index));
}

}  // namespace

cli::command make_command() {
  const auto chosen = std::make_shared<choices>();
  return {
      .name = "fib",
      .summary = "Print Fibonacci numbers, one a line, of any size",
      .operands = {.usage = "[N | I..J | -]",
                   .least = 0,
                   .most = 1,
                   .completion = "none",
                   .negative_numbers = true},
      .examples = {{"fib 10", "the first ten, from F(1): 1 1 2 3 5 8 13 21 34 55"},
                   {"fib -3..4", "F(-3) to F(4), both included: 2 -1 1 0 1 1 2 3"},
                   {"fib --nth 1000000", "one number of 208,988 digits"},
                   {"fib --nth 1000000000000 --last 5", "its last five digits, at once"},
                   {"fib --start 2,1 --until 1000", "the Lucas numbers up to 1000"},
                   {"seq 5 5 50 | fib --index -", "F(5), F(10) and so on, with their indices"},
                   {"fib 1000000 | head -3", "stops when the reader does"}},
      .options = all_options(*chosen),
      .notes = notes(),
      .run = [chosen](cli::session& session) { return run(session, *chosen); },
  };
}

}  // namespace fib
