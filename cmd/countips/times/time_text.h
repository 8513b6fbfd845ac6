// Times as logs write them.
//
// take_* read what a text begins with and take it off; if it begins otherwise they return false or
// nullopt, and text and parts are as before. They look at shapes: whether there is such a time is
// for time_parts::time to say. parse_* read a whole text to a time that exists.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "countips/times/time_parts.h"

namespace countips {

constexpr std::size_t clf_date_length = 11;  // 02/Jan/2024
constexpr std::size_t iso_date_length = 10;  // 2024-01-02

// 02/Jan/2024:03:04:05 +0100, as servers write it in every locale, without brackets. The seconds
// may have a fraction, and the zone may be missing.
[[nodiscard]] bool take_clf_time(std::string_view& text, time_parts& into);

// 2024-01-02T03:04:05.678+01:00. A blank may stand for the T, a comma for the point of the
// fraction; the zone is Z, +01:00, +0100 or +01, or missing.
[[nodiscard]] bool take_iso_time(std::string_view& text, time_parts& into);

// The pieces of these: "02/Jan/2024", "2024-01-02", "03:04:05" with or without a fraction, and
// "Z", "+01:00", "+0100", "-01". An offset is less than a day.
[[nodiscard]] bool take_clf_date(std::string_view& text, time_parts& into);
[[nodiscard]] bool take_iso_date(std::string_view& text, time_parts& into);
[[nodiscard]] bool take_clock(std::string_view& text, time_parts& into);
[[nodiscard]] bool take_zone(std::string_view& text, time_parts& into);

// The quick ones for who needs no more: the second of an existing time of day, and the offset of a
// zone in seconds.
[[nodiscard]] std::optional<std::uint32_t> take_second_of_day(std::string_view& text);
[[nodiscard]] std::optional<std::int32_t> take_offset(std::string_view& text);

// A point or comma with digits behind it, if there is one.
void skip_fraction(std::string_view& text);

// At least one digit and at most as many as given, which must be 9 or less.
[[nodiscard]] std::optional<unsigned> take_digits(std::string_view& text, std::size_t most);

// The English name of a month or of a day of the week, short or long, in any case: 1 for January
// or Monday.
[[nodiscard]] std::optional<unsigned> take_month_name(std::string_view& text);
[[nodiscard]] std::optional<unsigned> take_weekday_name(std::string_view& text);

// How many of its units make a second.
enum class epoch_unit : std::uint32_t {
  seconds = 1,
  milliseconds = 1'000,
  microseconds = 1'000'000,
  nanoseconds = 1'000'000'000
};

// The time since 1970, in whole seconds: 1700000000, or in units of them; a fraction is skipped.
// Only of times after 1973, which have a digit more than smaller numbers: 9 to 11 of them for
// seconds.
[[nodiscard]] bool take_epoch(std::string_view& text, epoch_unit unit, time_parts& into);

// nullopt unless the whole text is such a time.
[[nodiscard]] std::optional<timestamp> parse_clf_time(std::string_view text);
[[nodiscard]] std::optional<timestamp> parse_iso_time(std::string_view text);
[[nodiscard]] std::optional<timestamp> parse_epoch(std::string_view text, epoch_unit unit);
// In the unit that the number of digits tells: 9 to 11 are seconds, to 14 milliseconds, to 17
// microseconds, to 19 nanoseconds.
[[nodiscard]] std::optional<timestamp> parse_epoch(std::string_view text);

}  // namespace countips
