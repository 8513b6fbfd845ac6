#include "countips/formats/line_ends.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countips {
namespace {

using places = std::vector<std::uint16_t>;
using search = std::size_t (*)(std::string_view, std::span<std::uint16_t>) noexcept;

places places_by(search find, std::string_view text) {
  places found(text.size() + 1);
  found.resize(find(text, found));
  return found;
}

places places_byte_by_byte(std::string_view text) {
  places found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') found.push_back(static_cast<std::uint16_t>(i));
  }
  return found;
}

// Sizes around those that are looked at together, at several alignments.
TEST(line_ends, agree_with_a_look_at_each_byte) {
  std::mt19937_64 random(1);
  for (const std::size_t mean : {1, 2, 40, 200}) {
    for (std::size_t size = 0; size <= most_for_line_ends; size += size < 300 ? 1 : 253) {
      std::string text(size, 'x');
      for (char& c : text) c = random() % mean == 0 ? '\n' : static_cast<char>(random());
      const std::string_view from = std::string_view(text).substr(std::min(size, size % 17));
      const places want = places_byte_by_byte(from);
      ASSERT_EQ(places_by(find_line_ends, from), want);
      ASSERT_EQ(places_by(detail::find_line_ends_anywhere, from), want);
    }
  }
}

TEST(line_ends, are_all_there_is) {
  const std::string text(most_for_line_ends, '\n');
  EXPECT_EQ(places_by(find_line_ends, text), places_byte_by_byte(text));
}

}  // namespace
}  // namespace countips
