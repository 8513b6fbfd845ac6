#include "cli/wrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(wrap, breaks_at_spaces) {
  EXPECT_THAT(wrap("", 10), IsEmpty());
  EXPECT_THAT(wrap("one", 10), ElementsAre("one"));
  EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("one two three", 6), ElementsAre("one", "two", "three"));
}

TEST(wrap, a_long_word_stands_alone) {
  EXPECT_THAT(wrap("a incomprehensible b", 5), ElementsAre("a", "incomprehensible", "b"));
}

TEST(wrap, newlines_stay) {
  EXPECT_THAT(wrap("one\n\ntwo three", 5), ElementsAre("one", "", "two", "three"));
}

TEST(wrap, an_indented_line_stays_indented) {
  EXPECT_THAT(wrap("list:\n  one two three", 9), ElementsAre("list:", "  one two", "  three"));
}

TEST(wrap, counts_columns_not_bytes) {
  EXPECT_THAT(wrap("\xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9", 7),
              ElementsAre("\xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9"));
}

}  // namespace
}  // namespace cli
