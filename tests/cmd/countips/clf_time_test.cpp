#include "countips/formats/clf_time.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace countips {
namespace {

// Each byte of good clocks in turn as every other, and each pair of bytes as all pairs of digits.
TEST(clf_clock, is_the_same_with_a_byte_behind) {
  for (const std::string good : {"03:04:05 +0100]", "23:59:60 -2359]", "00:00:00 +0000]"}) {
    ASSERT_TRUE(is_clf_clock(good));
    for (std::size_t at = 0; at < clf_clock_size; ++at) {
      for (int c = 0; c < 256; ++c) {
        std::string text = good + static_cast<char>(c);
        EXPECT_TRUE(is_clf_clock_ahead(text.data()));
        text[at] = static_cast<char>(c);
        EXPECT_EQ(is_clf_clock_ahead(text.data()), is_clf_clock(text)) << text;
      }
    }
    for (std::size_t at = 0; at + 1 < clf_clock_size; ++at) {
      for (int number = 0; number < 100; ++number) {
        std::string text = good + ' ';
        text[at] = static_cast<char>('0' + number / 10);
        text[at + 1] = static_cast<char>('0' + number % 10);
        EXPECT_EQ(is_clf_clock_ahead(text.data()), is_clf_clock(text)) << text;
      }
    }
  }
}

}  // namespace
}  // namespace countips
