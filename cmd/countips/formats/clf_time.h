// The time field of the common log format: [02/Jan/2024:03:04:05 +0100]
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "countips/clients/byte_masks.h"
#include "countips/times/day.h"
#include "countips/times/time_parts.h"
#include "countips/times/timestamp.h"

namespace countips {

constexpr std::size_t clf_time_size = 28;  // With its brackets.
constexpr std::size_t clf_date_size = 13;  // From the opening bracket to the colon after the year.
constexpr std::size_t clf_clock_size = clf_time_size - clf_date_size;

// True if the text begins with a time field: digits, letters and punctuation in their places, even
// if there is no such time.
[[nodiscard]] bool is_clf_time_shaped(std::string_view text);

// A time field as some servers write it: without a zone or with nothing but the blank before it,
// with a fraction of the second, or with a blank before the clock.
struct odd_clf_time {
  std::size_t size = 0;           // With its brackets.
  std::optional<timestamp> time;  // nullopt if there is no such time.
};

// That the text begins with; nullopt if it begins with none.
[[nodiscard]] std::optional<odd_clf_time> read_odd_clf_time(std::string_view text);

// Takes what stands behind the date of one off the text, up to the closing bracket if there is one:
// " 03:04:05.678". False if there is none, and text and parts are as before.
[[nodiscard]] bool take_odd_clf_clock(std::string_view& text, time_parts& into);

// The day of "[02/Jan/2024:". REQUIRES is_clf_time_shaped, or the shape of as much of it.
[[nodiscard]] std::optional<day> parse_clf_date(std::string_view time);

// True for an existing clock time and zone, leap seconds included: "23:59:60 +0100]". REQUIRES at
// least clf_clock_size bytes.
[[nodiscard]] bool is_clf_clock(std::string_view text);

// The same with one byte more behind the clock, whatever it is; faster.
[[nodiscard]] inline bool is_clf_clock_ahead(const char* text) {
  const byte_block least("00:00:00 +0000]");
  const byte_block more("\2\11\0\5\11\0\6\11\0\2\2\11\5\11\0\377");
  if (byte_block(text).within(least, more) != 0xffff) return false;
  const auto excess = [text](std::size_t at, unsigned limit) {  // Both digits, as one number.
    const unsigned digits =
        static_cast<unsigned>(text[at]) << 8 | static_cast<unsigned>(text[at + 1]);
    return limit - digits;  // Wraps around if it is too large.
  };
  constexpr unsigned zeros = '0' << 8 | '0';
  const unsigned excesses =
      excess(0, zeros + 0x203) | excess(6, zeros + 0x600) | excess(10, zeros + 0x203);
  return excesses >> 31 == 0 && text[9] != ',';
}

// Second and offset of such a text into a time.
void read_clf_clock(const char* text, timestamp& into);

}  // namespace countips
