#include "cli/utf8.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

struct character_case {
  const char* name;
  std::string_view text;
  bool valid;
  char32_t point;
  std::size_t bytes;
};

const character_case character_cases[] = {
    {"ascii", "a", true, 'a', 1},
    {"nul", std::string_view("\0", 1), true, 0, 1},
    {"two bytes", "\xC3\xA9x", true, 0xE9, 2},
    {"three bytes", "\xE2\x82\xAC", true, 0x20AC, 3},
    {"four bytes", "\xF0\x9F\x98\x80", true, 0x1F600, 4},
    {"highest point", "\xF4\x8F\xBF\xBF", true, 0x10FFFF, 4},
    {"above the highest", "\xF4\x90\x80\x80", false, 0, 1},
    {"continuation first", "\x80", false, 0, 1},
    {"cut short", "\xE2\x82", false, 0, 1},
    {"wrong continuation", "\xC3(", false, 0, 1},
    {"overlong two", "\xC0\xAF", false, 0, 1},
    {"overlong three", "\xE0\x80\xAF", false, 0, 1},
    {"overlong four", "\xF0\x80\x80\xAF", false, 0, 1},
    {"surrogate", "\xED\xA0\x80", false, 0, 1},
    {"0xFF", "\xFF", false, 0, 1},
};

TEST(utf8, first_character) {
  for (const character_case& c : character_cases) {
    SCOPED_TRACE(c.name);
    const character first = first_character(c.text);
    EXPECT_EQ(first.valid, c.valid);
    EXPECT_EQ(first.bytes, c.bytes);
    if (c.valid) {
      EXPECT_EQ(first.point, c.point);
    }
  }
}

TEST(utf8, width_counts_columns) {
  EXPECT_EQ(width(""), 0);
  EXPECT_EQ(width("abc"), 3);
  EXPECT_EQ(width("\xC3\xA9t\xC3\xA9"), 3);         // été
  EXPECT_EQ(width("e\xCC\x81"), 1);                 // e and a combining acute
  EXPECT_EQ(width("\xE6\x97\xA5\xE6\x9C\xAC"), 4);  // two kanji
  EXPECT_EQ(width("\xF0\x9F\x98\x80"), 2);          // a smiling face
  EXPECT_EQ(width("a\xFFz"), 3);                    // a byte that is no character
}

struct elide_case {
  const char* name;
  std::string_view text;
  int columns;
  std::string_view want;
};

const elide_case elide_cases[] = {
    {"fits", "abc/def", 7, "abc/def"},
    {"one too long", "abc/defg", 7, "ab...fg"},
    {"odd rest goes to the end", "abcdefghij", 8, "ab...hij"},
    {"too narrow for a gap", "abcdef", 4, "abcd"},
    {"nothing", "abcdef", 0, ""},
    {"negative", "abcdef", -3, ""},
    {"never inside a character", "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9",
     7, "\xC3\xA9\xC3\xA9...\xC3\xA9\xC3\xA9"},
    {"wide ones do not overhang", "\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5", 6,
     "...\xE6\x97\xA5"},
};

TEST(utf8, elide_middle) {
  for (const elide_case& c : elide_cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(elide_middle(c.text, c.columns), c.want);
  }
}

TEST(utf8, elided_text_always_fits) {
  const std::string_view text = "a/\xE6\x97\xA5\xE6\x9C\xAC/\xC3\xA9/\xFF/e\xCC\x81/end.txt";
  for (int columns = 0; columns <= width(text) + 1; ++columns) {
    SCOPED_TRACE(columns);
    EXPECT_LE(width(elide_middle(text, columns)), columns);
    EXPECT_LE(width(cut(text, columns)), columns);
    EXPECT_TRUE(text.starts_with(cut(text, columns)));
  }
}

}  // namespace
}  // namespace cli
