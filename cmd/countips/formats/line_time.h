// The time of a line, whose date is nearly always that of the line before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "countips/times/timestamp.h"

namespace countips {

enum class time_shape : std::uint8_t {
  iso,    // 2024-01-02T03:04:05.678+01:00, with a blank for the T, and with or without what follows
  clf,    // 02/Jan/2024:03:04:05 +0100, with or without fraction and zone
  ctime,  // Tue Jan  2 03:04:05 2024
  epoch,  // 1704164645.678: seconds since 1970; or milli-, micro- or nanoseconds, by their digits
  any,    // What it looks like.
};

// The shapes clf and any may have brackets around them. Reads exactly what the parse_* of
// times/time_text.h read, but a date that is spelt as the last one is not read again. Not
// thread-safe.
class line_time {
 public:
  explicit line_time(time_shape shape) : shape_(shape) {}

  // False if there is no such time.
  [[nodiscard]] bool read(std::string_view text);

  // A date "2024-01-02" and a clock time "03:04:05.678" that stand apart. No zone is told.
  [[nodiscard]] bool read_apart(std::string_view date, std::string_view clock);

  // Of a day that the line does not tell.
  [[nodiscard]] bool read_clock(day date, std::string_view clock);

  [[nodiscard]] const timestamp& last() const { return time_; }

 private:
  [[nodiscard]] bool read_as(time_shape shape, std::string_view text);
  [[nodiscard]] bool read_date(time_shape shape, std::string_view text);
  [[nodiscard]] bool is_last_date(const char* text) const;
  [[nodiscard]] bool read_epoch(std::string_view text);
  [[nodiscard]] bool read_ctime(std::string_view text);
  [[nodiscard]] bool take(std::optional<timestamp> time);

  const time_shape shape_;
  timestamp time_;
  day last_day_;
  std::array<char, 11> last_date_{};  // Its text.
  std::size_t last_size_ = 0;
  std::int64_t epoch_day_ = -1;  // The last one in days since 1970.
  day epoch_date_;
};

}  // namespace countips
