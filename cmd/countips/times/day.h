// A day of the calendar.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace countips {

// Ordered by time, and small: 2024-01-02 is the number 20240102.
class day {
 public:
  constexpr day() = default;  // No day at all; before every other.

  // nullopt if the year is not in 0..9999 or has no such day.
  [[nodiscard]] static constexpr std::optional<day> make(unsigned year, unsigned month,
                                                         unsigned of_month) {
    if (year > 9999 || month < 1 || month > 12) return std::nullopt;
    if (of_month < 1 || of_month > days_in(year, month)) return std::nullopt;
    return day(year * 10000 + month * 100 + of_month);
  }

  [[nodiscard]] static constexpr day from_number(std::uint32_t number) { return day(number); }
  [[nodiscard]] constexpr std::uint32_t number() const { return number_; }
  [[nodiscard]] std::string text() const;  // 2024-01-02

  friend auto operator<=>(const day&, const day&) = default;

 private:
  explicit constexpr day(std::uint32_t number) : number_(number) {}

  // In the Gregorian calendar. month is 1..12.
  static constexpr unsigned days_in(unsigned year, unsigned month) {
    if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  std::uint32_t number_ = 0;
};

}  // namespace countips
