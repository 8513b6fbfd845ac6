#include "countips/render/bar.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

namespace countips {

namespace {

// How many parts of the bar are filled.
std::size_t parts_filled(std::uint64_t value, std::uint64_t most, int parts) {
  if (value == 0) return 0;
  const double share = static_cast<double>(value) / static_cast<double>(most);
  return static_cast<std::size_t>(std::fmax(1, std::round(share * parts)));
}

std::string blocks(std::size_t eighths) {
  constexpr std::string_view full = "\u2588";
  constexpr std::array<std::string_view, 8> ends = {"",       "\u258F", "\u258E", "\u258D",
                                                    "\u258C", "\u258B", "\u258A", "\u2589"};
  std::string text;
  for (std::size_t i = 0; i < eighths / 8; ++i) text += full;
  return text.append(ends.at(eighths % 8));
}

}  // namespace

std::string bar(std::uint64_t value, std::uint64_t most, int columns, bar_characters made_of) {
  if (made_of == bar_characters::blocks) return blocks(parts_filled(value, most, columns * 8));
  std::string text(parts_filled(value, most, columns), '#');
  return text;
}

}  // namespace countips
