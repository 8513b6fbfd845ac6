#include "cli/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace cli {
namespace {

constexpr std::array<std::string_view, 7> size_units = {"B",   "KiB", "MiB", "GiB",
                                                        "TiB", "PiB", "EiB"};

std::string format_scaled(double amount) {
  std::size_t unit = 0;
  // 1023.5 and more would be rounded to 1024 of the unit.
  while (amount >= 1023.5 && unit + 1 < size_units.size()) {
    amount /= 1024;
    ++unit;
  }
  // 9.95 and more would be rounded to 10.0.
  const int digits = unit > 0 && amount < 9.95 ? 1 : 0;
  return fmt::format("{:.{}f} {}", amount, digits, size_units[unit]);
}

// The power of 1024 that a suffix stands for, -1 if it is none.
int power_of(std::string_view suffix) {
  constexpr std::string_view letters = "KMGTPE";
  if (suffix.empty()) return 0;
  const char letter = static_cast<char>(suffix.front() & ~0x20);  // Upper case in ASCII.
  const std::size_t at = letters.find(letter);
  const std::string_view rest = suffix.substr(1);
  if (at == std::string_view::npos || !(rest.empty() || rest == "iB")) return -1;
  return static_cast<int>(at) + 1;
}

}  // namespace

std::string format_size(std::uint64_t bytes) {
  return format_scaled(static_cast<double>(bytes));
}

std::string format_rate(double bytes_per_second) {
  return format_scaled(std::max(bytes_per_second, 0.0)) + "/s";
}

std::string format_duration(std::chrono::nanoseconds span) {
  const auto seconds =
      std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::seconds>(span).count(), 0);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string format_count(std::uint64_t count) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, 1, ',');
  return digits;
}

std::string format_count(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", format_count(count), count == 1 ? one : many);
}

par::expected<std::uint64_t, std::string> parse_number(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (stop != end || error == std::errc::invalid_argument) {
    return par::unexpected<std::string>("not a number");
  }
  if (error == std::errc::result_out_of_range) return par::unexpected<std::string>("too large");
  return number;
}

par::expected<std::uint64_t, std::string> parse_size(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const int power = power_of(text.substr(digits));
  if (digits == 0 || power < 0) {
    return par::unexpected<std::string>("not a size such as 4096, 64K, 1M or 2G");
  }
  const auto number = parse_number(text.substr(0, digits));
  if (!number) return par::unexpected<std::string>(number.error());
  const int shift = 10 * power;
  if (*number > std::numeric_limits<std::uint64_t>::max() >> shift) {
    return par::unexpected<std::string>("too large");
  }
  return *number << shift;
}

}  // namespace cli
