#include "countips/formats/leading_address.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>

#include "countips/clients/client.h"
#include "countips/clients/client_rules.h"

namespace countips {

namespace {

struct two_addresses {
  std::string_view first;
  std::string_view second;
};

std::string_view word_before_blank(std::string_view& text) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, blank);
  text.remove_prefix(std::min(blank + 1, text.size()));
  return word;
}

std::optional<two_addresses> take_addresses(std::string_view line) {
  two_addresses both;
  both.first = word_before_blank(line);
  if (!address_named(both.first)) return std::nullopt;
  both.second = word_before_blank(line);
  if (!address_client(both.second)) return std::nullopt;
  const std::size_t time = line.find('[');
  const auto blanks = std::ranges::count(line.substr(0, time), ' ');
  return blanks == 1 ? std::nullopt : std::optional(both);
}

}  // namespace

bool begins_with_two_addresses(std::string_view line) {
  return take_addresses(line).has_value();
}

leading_address find_leading_address(std::span<const std::string_view> lines) {
  constexpr std::size_t enough = 3;
  std::set<std::string_view> first_words, second_words;
  for (const std::string_view line : lines) {
    const auto found = take_addresses(line);
    if (!found) continue;
    first_words.insert(found->first);
    second_words.insert(found->second);
  }
  const bool are_hosts =
      second_words.size() >= enough && second_words.size() >= 2 * first_words.size();
  return are_hosts ? leading_address::of_host : leading_address::of_client;
}

}  // namespace countips
