#include "fib/indices/parse_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace fib {

namespace {

constexpr std::string_view between = "..";

par::unexpected<std::string> wrong(std::string message) {
  return par::unexpected<std::string>(std::move(message));
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// An integer from `least` to farthest_index; `allowed` is how messages tell that.
par::expected<index, std::string> parse_integer(std::string_view text, index least,
                                                const std::string& allowed) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) {
    return wrong("not a number: must be " + allowed);
  }
  index value = 0;
  const char* const end = text.data() + text.size();
  const std::from_chars_result read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || value < least || value > farthest_index) {
    return wrong("must be " + allowed);
  }
  return value;
}

par::expected<index_range, std::string> from_first_to_last(std::string_view first_text,
                                                           std::string_view last_text) {
  if (first_text.empty() || last_text.empty()) {
    return wrong("a range needs both ends, as in 0..10");
  }
  const auto first = parse_index(first_text);
  if (!first) return wrong("start of the range: " + first.error());
  const auto last = parse_index(last_text);
  if (!last) return wrong("end of the range: " + last.error());
  if (*last < *first) return wrong("the range is empty: its end is below its start");
  return index_range{.first = *first, .count = static_cast<std::uint64_t>(*last - *first) + 1};
}

}  // namespace

std::string allowed_indices(index farthest) {
  return fmt::format("from -{} to {}", farthest, farthest);
}

par::expected<index, std::string> parse_index(std::string_view text) {
  return parse_integer(text, -farthest_index, allowed_indices(farthest_index));
}

par::expected<std::uint64_t, std::string> parse_count(std::string_view text) {
  const auto count = parse_integer(text, 0, fmt::format("from 0 to {}", farthest_index));
  if (!count) return wrong(count.error());
  return static_cast<std::uint64_t>(*count);
}

par::expected<index_range, std::string> parse_range(std::string_view text) {
  if (const std::size_t at = text.find(between); at != std::string_view::npos) {
    return from_first_to_last(text.substr(0, at), text.substr(at + between.size()));
  }
  const auto single = parse_index(text);
  if (!single) return wrong(single.error());
  return index_range{.first = *single, .count = 1};
}

par::expected<index_range, std::string> parse_operand(std::string_view text) {
  if (text.find(between) != std::string_view::npos) return parse_range(text);
  const auto count = parse_count(text);
  if (!count) return wrong(count.error());
  return index_range{.first = 1, .count = *count};
}

}  // namespace fib
