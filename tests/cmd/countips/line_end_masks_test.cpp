#include "countips/formats/line_end_masks.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace countips {
namespace {

using search = void (*)(const char*, std::span<std::uint64_t>) noexcept;

std::vector<std::uint64_t> masks_by(search find, const std::string& text) {
  std::vector<std::uint64_t> masks(text.size() / line_end_word, ~std::uint64_t{0});
  find(text.data(), masks);
  return masks;
}

std::vector<std::uint64_t> masks_byte_by_byte(const std::string& text) {
  std::vector<std::uint64_t> masks(text.size() / line_end_word);
  for (std::size_t i = 0; i < masks.size() * line_end_word; ++i) {
    masks[i / line_end_word] |= std::uint64_t{text[i] == '\n'} << i % line_end_word;
  }
  return masks;
}

TEST(line_end_masks, agree_with_a_look_at_each_byte) {
  std::mt19937_64 random(1);
  for (const std::size_t mean : {1, 2, 40, 200}) {
    for (std::size_t size = 0; size <= 640; size += 37) {
      std::string text(size, 'x');
      for (char& c : text) c = random() % mean == 0 ? '\n' : static_cast<char>(random());
      const std::vector<std::uint64_t> want = masks_byte_by_byte(text);
      ASSERT_EQ(masks_by(find_line_ends, text), want);
      ASSERT_EQ(masks_by(detail::find_line_ends_anywhere, text), want);
    }
  }
}

}  // namespace
}  // namespace countips
