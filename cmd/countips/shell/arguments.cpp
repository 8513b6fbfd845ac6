#include "countips/shell/arguments.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "countips/shell/local_zone.h"
#include "countips/times/second_of_day.h"

namespace countips {

namespace {

par::unexpected<std::string> wrong(std::string why) {
  return par::unexpected<std::string>(std::move(why));
}

std::optional<unsigned> number(std::string_view text, unsigned least, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

constexpr std::uint32_t seconds_a_day = 86400;

// The numbers of a moment from the year to the second, as far as they are given.
struct parts {
  unsigned value[6] = {0, 1, 1, 0, 0, 0};
  std::size_t given = 0;
};

// Takes one number of just so many digits, with the separator before it, off the text.
bool take_part(std::string_view& text, std::string_view separators, std::size_t digits,
               parts& into) {
  if (!separators.empty()) {
    if (text.empty() || separators.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
  }
  if (text.size() < digits) return false;
  const auto value = number(text.substr(0, digits), 0, 9999);
  if (!value) return false;
  into.value[into.given++] = *value;
  text.remove_prefix(digits);
  return true;
}

std::optional<parts> take_parts(std::string_view text) {
  struct step {
    std::string_view separators;
    std::size_t digits;
  };
  constexpr step steps[] = {{"", 4}, {"-", 2}, {"-", 2}, {"T ", 2}, {":", 2}, {":", 2}};
  parts found;
  for (const step& next : steps) {
    if (found.given > 0 && text.empty()) break;
    if (!take_part(text, next.separators, next.digits, found)) return std::nullopt;
  }
  return text.empty() ? std::optional(found) : std::nullopt;
}

day date_of(const parts& at) {
  return day::make(at.value[0], at.value[1], at.value[2]).value_or(day());
}

std::optional<std::uint32_t> clock_of(const parts& at) {
  return second_of_day(at.value[3], at.value[4], at.value[5]);
}

// The midnight behind that day; behind the last there is, a moment after all of its seconds.
local_time end_of_day(day date) {
  const std::uint32_t number = date.number();
  const std::chrono::sys_days midnight{std::chrono::year_month_day{
      std::chrono::year(static_cast<int>(number / 10000)), std::chrono::month(number / 100 % 100),
      std::chrono::day(number % 100)}};
  const std::chrono::year_month_day next{midnight + std::chrono::days(1)};
  const auto made =
      day::make(static_cast<unsigned>(static_cast<int>(next.year())),
                static_cast<unsigned>(next.month()), static_cast<unsigned>(next.day()));
  return made ? local_time{*made, 0} : local_time{date, seconds_a_day};
}

// The last day of the year or month, or the day itself.
day last_day_of(const parts& at) {
  const unsigned month = at.given == 1 ? 12 : at.value[1];
  for (unsigned of_month = 31; at.given <= 2; --of_month) {
    if (const auto made = day::make(at.value[0], month, of_month)) return *made;
  }
  return date_of(at);
}

// The beginning of what comes after the last part that is given; `clock` is the second of its day.
local_time end_of(const parts& at, std::uint32_t clock) {
  constexpr std::uint32_t lengths[] = {3600, 60, 1};
  if (at.given <= 3) return end_of_day(last_day_of(at));
  const std::uint32_t end = clock + lengths[at.given - 4];
  return end == seconds_a_day ? end_of_day(date_of(at)) : local_time{date_of(at), end};
}

argument<network> parse_network(std::string_view text) {
  if (text.empty()) return wrong("a network such as 10.0.0.0/8 is missing");
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view written = text.substr(0, slash);
  const auto address = address_client(written);
  if (!address) return wrong("no address: " + std::string(written));
  const bool is_v4 = std::holds_alternative<ipv4_address>(*address);
  // Of ::ffff:10.0.0.0 the first 96 bits say that the address behind is an IPv4 one.
  const unsigned skipped = is_v4 && written.find(':') != std::string_view::npos ? 96 : 0;
  const unsigned most = is_v4 ? skipped + 32 : 128;
  const auto bits =
      slash == text.size() ? std::optional(most) : number(text.substr(slash + 1), skipped, most);
  if (!bits) return wrong("no length of a prefix: " + std::string(text.substr(slash + 1)));
  return network{.address = *address, .bits = *bits - skipped};
}

argument<void> parse_trusted(std::string_view list, client_rules& into) {
  into.which = client_rules::pick::trusted;
  for (bool more = true; more;) {
    const std::size_t comma = list.find(',');
    more = comma != std::string_view::npos;
    auto net = parse_network(list.substr(0, comma));
    if (!net) return wrong(std::move(net.error()));
    into.trusted.push_back(*net);
    if (more) list.remove_prefix(comma + 1);
  }
  return {};
}

}  // namespace

argument<moment> parse_moment(std::string_view text) {
  const auto at = take_parts(text);
  if (!at) return wrong("must be a date such as 2024-06-09, with a time or without");
  const auto clock = clock_of(*at);
  const bool exists = clock && day::make(at->value[0], at->value[1], at->value[2]);
  if (!exists) return wrong("there is no such time");
  return moment{.first = {date_of(*at), *clock}, .next = end_of(*at, *clock)};
}

argument<time_zone> parse_zone(std::string_view text, const std::optional<std::string>& here) {
  if (text == "log") return time_zone();
  if (text == "utc") return time_zone::utc();
  if (text == "local") return local_zone(here);
  const auto zone = time_zone::named(std::string(text));
  if (!zone) return wrong("no time zone: " + std::string(text));
  return *zone;
}

argument<void> parse_client_choice(std::string_view text, client_rules& into) {
  constexpr std::string_view trusted = "trusted=";
  if (text == "first") {
    into.which = client_rules::pick::first;
  } else if (text == "last") {
    into.which = client_rules::pick::last;
  } else if (text.starts_with(trusted)) {
    return parse_trusted(text.substr(trusted.size()), into);
  } else if (const auto nth = number(text, 1, 1000)) {
    into.which = client_rules::pick::nth;
    into.nth = *nth;
  } else {
    return wrong("must be first, last, a number or trusted=NETWORK,...");
  }
  return {};
}

argument<void> parse_prefix(std::string_view text, client_rules& into) {
  const std::size_t comma = std::min(text.find(','), text.size());
  const auto v4 = number(text.substr(0, comma), 0, 32);
  const auto v6 =
      comma == text.size() ? std::optional(128U) : number(text.substr(comma + 1), 0, 128);
  if (!v4 || !v6) return wrong("must be lengths of prefixes such as 24,64");
  into.ipv4_bits = *v4;
  into.ipv6_bits = *v6;
  return {};
}

}  // namespace countips
