// The place of the time in the lines of a text format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "countips/times/time_parts.h"
#include "countips/times/time_pattern.h"
#include "countips/times/time_text.h"

namespace countips {

// A piece of it: text that stands as it is, or something of the time.
struct time_piece {
  enum class kinds : std::uint8_t {
    text,
    clf,  // 02/Jan/2024:03:04:05 +0100, or as an odd_clf_time
    iso,
    clf_date,
    iso_date,
    clock,
    zone,
    epoch,
    fraction,
    pattern
  };

  kinds kind = kinds::text;
  std::string text = {};                               // For kinds::text.
  epoch_unit unit = epoch_unit::seconds;               // For kinds::epoch and fraction.
  std::optional<time_pattern> pattern = std::nullopt;  // For kinds::pattern.

  [[nodiscard]] bool has_date() const;
  [[nodiscard]] bool is_whole() const;  // It has a date and all that may stand behind it.
  // How long its date is, if it begins with one whose length is fixed; else 0.
  [[nodiscard]] std::size_t date_size() const;
  // Takes it off the front of the text; otherwise false, and text and parts are as before.
  [[nodiscard]] bool take(std::string_view& from, time_parts& into) const;
};

// The pieces in their order; they tell a day.
using time_field = std::vector<time_piece>;

// What strftime writes for the pattern, in pieces that are read fast where there are any. nullopt
// if it has a conversion that is unknown; `position` is where then.
[[nodiscard]] std::optional<time_field> pieces_of_pattern(std::string_view pattern,
                                                          std::size_t& position);

}  // namespace countips
