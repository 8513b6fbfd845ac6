// Options that say what is wanted of the numbers.
#include <fmt/format.h>

#include "cli/units.h"
#include "fib/shell/choices.h"
#include "fib/shell/option_row.h"

namespace fib {

namespace {

par::expected<std::uint64_t, std::string> parse_within(std::string_view text, std::uint64_t least,
                                                       std::uint64_t most) {
  const std::string allowed = fmt::format("must be from {} to {}", least, most);
  const auto value = cli::parse_number(text);
  if (!value) return par::unexpected<std::string>(value.error() + ": " + allowed);
  if (*value < least || *value > most) return par::unexpected<std::string>(allowed);
  return *value;
}

cli::option base_option(choices& chosen) {
  return noted(
      chosen,
      {.name = "base",
       .letter = 'b',
       .argument = "B",
       .help = "Print in base B, 2 to 62: digits above nine are a to z; above base 36, A to "
               "Z and then a to z.",
       .preset = "10",
       .apply = {}},
      [&chosen](std::string_view text) -> cli::applied {
        const auto base = parse_within(text, radix::least, radix::most);
        if (!base) return wrong(base.error());
        chosen.base = static_cast<unsigned>(*base);
        return {};
      });
}

cli::option mod_option(choices& chosen) {
  return noted(chosen,
               {.name = "mod",
                .letter = 'm',
                .argument = "M",
                .help = "Print the remainders by M, from 0 to M - 1; M has any size.",
                .apply = {}},
               [&chosen](std::string_view text) -> cli::applied {
                 auto modulus = parse_integer(text);
                 if (!modulus) return wrong(modulus.error() + ": must be at least 1");
                 if (*modulus < 1) return wrong("must be at least 1");
                 chosen.wanted = {.kind = part_kind::remainder, .modulus = *std::move(modulus)};
                 return {};
               });
}

cli::option digits_option(choices& chosen) {
  return noted(chosen,
               {.name = "digits",
                .letter = 'd',
                .argument = {},
                .help = "Print only how many digits the numbers have.",
                .apply = {}},
               [&chosen](std::string_view) -> cli::applied {
                 chosen.wanted = {.kind = part_kind::length};
                 return {};
               });
}

cli::option some_digits(choices& chosen, std::string name, std::string help, part_kind kind) {
  return noted(chosen,
               {.name = std::move(name), .argument = "D", .help = std::move(help), .apply = {}},
               [&chosen, kind](std::string_view text) -> cli::applied {
                 const auto digits = parse_within(text, 1, most_digits);
                 if (!digits) return wrong(digits.error());
                 chosen.wanted = {.kind = kind, .digits = *digits};
                 return {};
               });
}

}  // namespace

std::vector<cli::option> what_options(choices& chosen) {
  return {base_option(chosen), mod_option(chosen), digits_option(chosen),
          some_digits(chosen, "first", "Print the first D digits only.", part_kind::first),
          some_digits(chosen, "last", "Print the last D digits only, without a sign.",
                      part_kind::last)};
}

}  // namespace fib
