#include "countips/render/page/markup.h"

#include <fmt/core.h>

#include "cli/quote.h"
#include "cli/utf8.h"

namespace countips {

std::string markup(std::string_view text) {
  std::string safe;
  for (const char c : cli::escaped(text)) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string with_separators(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string plural(std::string_view singular) {
  return std::string(singular) + (singular.ends_with('s') ? "es" : "s");
}

std::string amount(std::uint64_t number, std::string_view singular) {
  return with_separators(number) + ' ' + (number == 1 ? std::string(singular) : plural(singular));
}

std::string length(double pixels) {
  std::string text = fmt::format("{:.2f}", pixels);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// The widest usual font is DejaVu Sans: its digits take 0.64 of the size, its letters 0.6 on
// average.
double small_text_width(std::string_view text) {
  return 0.7 * small_text_size * cli::width(text);
}

}  // namespace countips
