#include "fib/command.h"

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include "fib/digits.h"
#include "fib/nth.h"
#include "fib/range.h"
#include "fib/stream.h"

namespace fib {

namespace {

// What the options say.
struct choices {
  std::optional<std::uint64_t> nth;
};

cli::option nth_option(choices& chosen) {
  return {.name = "nth",
          .letter = 'n',
          .argument = "N",
          .help = fmt::format("Print F(N) alone; N is from 0 to {}.", largest_index),
          .apply = [&chosen](std::string_view text) -> cli::applied {
            const auto index = parse_index(text);
            if (!index) return par::unexpected<std::string>(index.error());
            chosen.nth = *index;
            return {};
          }};
}

index_range range_of(const choices& chosen, const std::vector<std::string>& operands) {
  if (chosen.nth.has_value()) {
    if (!operands.empty()) throw cli::usage_error("--nth takes no N or I..J beside it");
    return {.first = *chosen.nth, .count = 1};
  }
  if (operands.empty()) throw cli::usage_error("say which numbers: N, I..J or --nth N");
  const auto range = parse_range(operands.front());
  if (!range) {
    throw cli::usage_error(fmt::format("{}: {}", cli::quoted(operands.front()), range.error()));
  }
  return *range;
}

cli::progress_sample sample(const stream_counters& counters, index_range numbers) {
  return {.items = counters.numbers.load(std::memory_order_relaxed),  // Only shown.
          .items_total = numbers.count,
          .bytes = counters.bytes.load(std::memory_order_relaxed),
          .bytes_total = text_bound(numbers),
          .unit = "numbers"};
}

void print(cli::session& session, index_range numbers) {
  stream_counters counters;
  // On the same terminal the numbers themselves show how far it is, and a bar would cut into them.
  std::optional<cli::progress_bar> bar;
  if (!session.out().is_terminal()) {
    bar.emplace(session.show_progress([&] { return sample(counters, numbers); }));
  }
  const auto executor = session.make_executor();
  stream_numbers(numbers, *executor, session.stop(), counters, [&](std::string_view text) {
    session.out().write(text);
    return !session.out().failed();
  });
}

cli::status run(cli::session& session, const choices& chosen) {
  const index_range numbers = range_of(chosen, session.operands());
  try {
    print(session, numbers);
  } catch (const std::bad_alloc&) {
    session.log().error("out of memory");
    return cli::status::errors;
  }
  return cli::status::done;  // What became of the output, cli::run looks at itself.
}

std::string notes() {
  return fmt::format(
      "F(0) = 0, F(1) = 1, and each further number is the sum of the two before it. N, I and J are "
      "from 0 to {}.\n\n"
      "Exit status: 0 all printed; 1 the output could not be written, or memory ran out; 2 wrong "
      "usage. A reader that closes the pipe ends fib quietly.",
      largest_index);
}

}  // namespace

cli::command make_command() {
  const auto chosen = std::make_shared<choices>();
  return {
      .name = "fib",
      .summary = "Print Fibonacci numbers, one a line, of any size",
      .operands = {.usage = "[N | I..J]", .least = 0, .most = 1, .completion = "none"},
      .examples = {{"fib 10", "the first ten, from F(1): 1 1 2 3 5 8 13 21 34 55"},
                   {"fib 0..4", "F(0) to F(4), both included: 0 1 1 2 3"},
                   {"fib --nth 1000000", "one number of 208,988 digits"},
                   {"fib 1000000 | head -3", "stops when the reader does"}},
      .options = {nth_option(*chosen)},
      .notes = notes(),
      .run = [chosen](cli::session& session) { return run(session, *chosen); },
  };
}

}  // namespace fib
