// Reads the times of a text format.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "countips/formats/time_field.h"
#include "countips/times/timestamp.h"

namespace countips {

// Reads the times of one line after the other, and remembers the day, which seldom changes. Not
// thread-safe.
class time_reader {
 public:
  // The field must outlive it.
  explicit time_reader(const time_field& field);

  // Takes a text of the shape of a time off the front; false if there is none.
  [[nodiscard]] bool take(std::string_view& text);
  // Of what was taken last; nullopt if there is no such time.
  [[nodiscard]] const std::optional<timestamp>& time() const { return time_; }

  // How many bytes at the front of a time tell the day; 0 if that is not known.
  [[nodiscard]] std::size_t date_size() const { return date_size_; }
  // Takes what stands behind them; false if that is no existing time of day. REQUIRES that a time
  // was taken before, and a date_size.
  [[nodiscard]] bool take_clock_behind(std::string_view& text);

 private:
  [[nodiscard]] bool begins_with_last_date(std::string_view text) const;
  [[nodiscard]] bool may_begin_with_date(std::string_view text) const;
  [[nodiscard]] bool take_any(std::string_view& text);
  [[nodiscard]] bool take_clf_clock(std::string_view& text);
  [[nodiscard]] bool take_iso_clock(std::string_view& text);
  [[nodiscard]] bool take_other_pieces(std::string_view& text);

  const time_field& field_;
  const std::size_t date_size_;
  std::string last_date_;
  day last_day_;
  std::optional<timestamp> time_;
};

}  // namespace countips
