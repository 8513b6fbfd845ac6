#include "countips/formats/byte_finder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace countips {
namespace {

// On the heap and of that size, so that a sanitizer sees what is read behind it.
struct exact_text {
  explicit exact_text(const std::string& from)
      : size(from.size()), bytes(std::make_unique<char[]>(from.size())) {
    std::ranges::copy(from, bytes.get());
  }
  [[nodiscard]] std::string_view view() const { return {bytes.get(), size}; }

  std::size_t size;
  std::unique_ptr<char[]> bytes;
};

std::string random_text(std::mt19937& random) {
  // Full of them, or with few.
  const std::string_view letters = random() % 2 == 0 ? " \ta" : "abcdefghijklmnopqrstuvwxyz ";
  std::string text(random() % 260, 'x');
  for (char& c : text) c = letters[random() % letters.size()];
  return text;
}

const char* find_slowly(const char* from, std::string_view text, char one, char other) {
  return std::find_if(from, text.data() + text.size(),
                      [=](char c) { return c == one || c == other; });
}

TEST(byte_finder, finds_what_a_loop_finds_from_any_place) {
  std::mt19937 random(3);
  for (int i = 0; i < 3000; ++i) {
    const exact_text text(random_text(random));
    const char other = random() % 2 == 0 ? ' ' : '\t';
    byte_finder finder(text.view(), ' ', other);
    for (std::size_t at = 0; at <= text.size; at += random() % 9) {
      const char* const from = text.view().data() + at;
      ASSERT_EQ(finder.next(from), find_slowly(from, text.view(), ' ', other)) << text.view();
    }
  }
}

TEST(byte_finder, may_be_asked_to_go_back) {
  const std::string text = "a b " + std::string(100, 'c') + ' ';
  byte_finder finder(text, ' ', ' ');
  EXPECT_EQ(finder.next(text.data() + 10), text.data() + 104);
  EXPECT_EQ(finder.next(text.data() + 2), text.data() + 3);
}

}  // namespace
}  // namespace countips
