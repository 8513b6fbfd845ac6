// The time field of the common log format: [02/Jan/2024:03:04:05 +0100]
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "countips/day.h"

namespace countips {

constexpr std::size_t clf_time_size = 28;  // With its brackets.
constexpr std::size_t clf_date_size = 13;  // From the opening bracket to the colon after the year.
constexpr std::size_t clf_clock_size = clf_time_size - clf_date_size;

// True if the text begins with a time field: digits, letters and punctuation in their places, even
// if there is no such time.
[[nodiscard]] bool is_clf_time_shaped(std::string_view text);

// The day of "[02/Jan/2024:". REQUIRES is_clf_time_shaped.
[[nodiscard]] std::optional<day> parse_clf_date(std::string_view time);

// True for an existing clock time and zone, leap seconds included: "23:59:60 +0100]". REQUIRES at
// least clf_clock_size bytes.
[[nodiscard]] inline bool is_clf_clock(std::string_view text) {
  const auto below = [text](std::size_t at, unsigned limit) {  // Two digits.
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    return tens < 10 && ones < 10 && tens * 10 + ones < limit;
  };
  return below(0, 24) && text[2] == ':' && below(3, 60) && text[5] == ':' && below(6, 61) &&
         text[8] == ' ' && (text[9] == '+' || text[9] == '-') && below(10, 24) && below(12, 60) &&
         text[14] == ']';
}

}  // namespace countips
