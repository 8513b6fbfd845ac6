#include "fib/numbers/sequence.h"

#include <algorithm>

namespace fib {

namespace {

par::unexpected<std::string> wrong(std::string message) {
  return par::unexpected<std::string>(std::move(message));
}

}  // namespace

par::expected<mpz_class, std::string> parse_integer(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return wrong("not an integer");
  return mpz_class(std::string(text), 10);
}

par::expected<sequence, std::string> parse_start(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return wrong("two integers are needed, as in 2,1");
  const auto zeroth = parse_integer(text.substr(0, comma));
  if (!zeroth) return wrong("before the comma: " + zeroth.error());
  const auto first = parse_integer(text.substr(comma + 1));
  if (!first) return wrong("behind the comma: " + first.error());
  return sequence{.zeroth = *zeroth, .first = *first};
}

}  // namespace fib
