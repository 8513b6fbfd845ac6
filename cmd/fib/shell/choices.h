// What the options of fib say.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option.h"
#include "fib/indices/index_range.h"
#include "fib/numbers/part.h"
#include "fib/numbers/sequence.h"

namespace fib {

struct choices {
  std::optional<index> nth;
  std::optional<index> from;
  std::optional<std::uint64_t> count;
  std::optional<mpz_class> until;

  sequence start;
  unsigned base = 10;
  part wanted;

  bool indexed = false;
  bool null = false;
  bool json = false;
  std::optional<std::string> separator;

  std::set<std::string, std::less<>> given;  // The names of the options that were.
};

// The longest --first and --last.
inline constexpr std::uint64_t most_digits = 100'000'000;

// Rows of the option table that fill in the choices, which must outlive the parsing.
[[nodiscard]] std::vector<cli::option> which_options(choices& chosen);  // Which numbers.
[[nodiscard]] std::vector<cli::option> what_options(choices& chosen);   // What of them.
[[nodiscard]] std::vector<cli::option> how_options(choices& chosen);    // How to print it.

}  // namespace fib
