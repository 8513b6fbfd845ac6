#include "countips/shell/bad_limit.h"

#include <charconv>
#include <cmath>

namespace countips {

std::optional<bad_limit> bad_limit::parse(std::string_view text) {
  const bool is_share = text.ends_with('%');
  if (is_share) text.remove_suffix(1);
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (!is_whole || !std::isfinite(value) || value < 0 || (is_share && value > 100))
    return std::nullopt;
  if (!is_share && text.find('.') != std::string_view::npos) return std::nullopt;
  bad_limit limit;
  (is_share ? limit.percent_ : limit.lines_) = value;
  return limit;
}

bool bad_limit::is_exceeded(const line_counts& lines) const {
  const auto bad = static_cast<double>(lines.rejected);
  const auto all = static_cast<double>(lines.records());
  return (lines_ && bad > *lines_) || (percent_ && 100 * bad > *percent_ * all);
}

}  // namespace countips
