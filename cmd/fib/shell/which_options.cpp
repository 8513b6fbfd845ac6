// Options that say which numbers are wanted.
#include <fmt/format.h>

#include "fib/indices/parse_range.h"
#include "fib/shell/choices.h"
#include "fib/shell/option_row.h"

namespace fib {

namespace {

par::expected<mpz_class, std::string> parse_limit(std::string_view text) {
  auto limit = parse_integer(text);
  if (limit && *limit < 0) return par::unexpected<std::string>("must be at least 0");
  return limit;
}

}  // namespace

std::vector<cli::option> which_options(choices& chosen) {
  return {
      parsed(chosen,
             {.name = "nth",
              .letter = 'n',
              .argument = "N",
              .help = fmt::format("Print F(N) alone; N is {}.", allowed_indices(largest_index)),
              .apply = {}},
             parse_index, chosen.nth),
      parsed(chosen,
             {.name = "from",
              .letter = 'f',
              .argument = "I",
              .help = "Begin with F(I), up to --count or --until.",
              .apply = {}},
             parse_index, chosen.from),
      parsed(chosen,
             {.name = "count",
              .letter = 'c',
              .argument = "N",
              .help = "Print N numbers, from F(1) or --from on.",
              .apply = {}},
             parse_count, chosen.count),
      parsed(chosen,
             {.name = "until",
              .letter = 'u',
              .argument = "LIMIT",
              .help = "Print numbers, from F(1) or --from on, as long as they are not farther from "
                      "zero than LIMIT.",
              .apply = {}},
             parse_limit, chosen.until),
      parsed(chosen,
             {.name = "start",
              .letter = 's',
              .argument = "A,B",
              .help = "Take the sequence that begins with A and B, integers of any size, in place "
                      "of F(0) = 0 and F(1) = 1. Lucas numbers are 2,1.",
              .apply = {}},
             parse_start, chosen.start),
  };
}

}  // namespace fib
