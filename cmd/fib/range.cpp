#include "fib/range.h"

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

// "-5" and its like: a number, but none that has a place in the sequence.
bool is_negative_number(std::string_view text) {
  return text.size() > 1 && text.front() == '-' && std::ranges::all_of(text.substr(1), is_digit);
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
  return index_range{.first = *first, .count = *last - *first + 1};
}

}  // namespace

par::expected<std::uint64_t, std::string> parse_index(std::string_view text) {
  const std::string allowed = fmt::format("must be from 0 to {}", largest_index);
  if (is_negative_number(text)) return wrong(allowed);
  if (text.empty() || !std::ranges::all_of(text, is_digit))
    return wrong("not a number: " + allowed);
  std::uint64_t index = 0;
  const std::from_chars_result read =
      std::from_chars(text.data(), text.data() + text.size(), index);
  if (read.ec != std::errc() || index > largest_index) return wrong(allowed);
  return index;
}

par::expected<index_range, std::string> parse_range(std::string_view text) {
  if (const std::size_t at = text.find(between); at != std::string_view::npos) {
    return from_first_to_last(text.substr(0, at), text.substr(at + between.size()));
  }
  const auto count = parse_index(text);
  if (!count) return wrong(count.error());
  return index_range{.first = 1, .count = *count};
}

}  // namespace fib
