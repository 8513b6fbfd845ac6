// Times as strftime(3) writes them, with the English names of months and days.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "countips/times/time_parts.h"

namespace countips {

// A pattern such as "%d/%b/%Y:%H:%M:%S %z". Does not change; thread-safe.
class time_pattern {
 public:
  // nullopt if it has a conversion that this knows nothing of; `position`, if given, is where then.
  [[nodiscard]] static std::optional<time_pattern> compile(std::string_view pattern,
                                                           std::size_t* position = nullptr);

  // Takes what the pattern stands for off the front of the text; otherwise false, and text and
  // parts are as before. Numbers may have fewer digits than strftime writes, or blanks in front.
  [[nodiscard]] bool take(std::string_view& text, time_parts& into) const;

  // Whether what it takes has a day.
  [[nodiscard]] bool has_date() const;

 private:
  explicit time_pattern(std::string pattern) : pattern_(std::move(pattern)) {}

  std::string pattern_;  // Each conversion is a single letter behind its '%', those that stand for
                         // several are spelt out.
};

}  // namespace countips
