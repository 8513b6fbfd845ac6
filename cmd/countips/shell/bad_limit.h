// How many lines of an input may be rejected.
#pragma once

#include <optional>
#include <string_view>

#include "countips/tallies/line_counts.h"

namespace countips {

// Without a limit, all.
class bad_limit {
 public:
  // "100", or "1%" of all lines but blank ones and comments, with a fraction or without.
  [[nodiscard]] static std::optional<bad_limit> parse(std::string_view text);

  [[nodiscard]] bool is_exceeded(const line_counts& lines) const;

 private:
  std::optional<double> lines_;
  std::optional<double> percent_;
};

}  // namespace countips
