// Wildcards, one by one and against a slow obvious matcher.
#include "copytree/selection/glob.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

#include "cmd/copytree/slow_glob.h"

namespace copytree {
namespace {

struct glob_case {
  const char* pattern;
  const char* text;
  bool matches;
};

const glob_case cases[] = {
    {"", "", true},
    {"", "a", false},
    {"a", "a", true},
    {"a", "b", false},
    {"a", "ab", false},
    {"ab", "a", false},
    {"?", "a", true},
    {"?", "/", false},
    {"?", "", false},
    {"?", "\xff", true},
    {"*", "", true},
    {"*", "abc", true},
    {"*", "a/b", false},
    {"*.o", "a.o", true},
    {"*.o", ".o", true},
    {"*.o", "a.o.c", false},
    {"a*b*c", "a-b-b-c", true},
    {"a*b*c", "a-c-b", false},
    {"*/c", "b/c", true},
    {"*/c", "a/b/c", false},
    // Two stars between slashes.
    {"**", "a/b", true},
    {"**/c", "c", true},
    {"**/c", "a/b/c", true},
    {"**/c", "a/bc", false},
    {"a/**", "a/b/c", true},
    {"a/**", "a", false},
    {"a/**/c", "a/c", true},
    {"a/**/c", "a/b/b/c", true},
    {"a/**/c", "a/b/cc", false},
    {"**/a/**/b", "x/a/y/a/z/b", true},
    {"**/**/a", "a", true},
    {"***/a", "x/y/a", true},
    // And elsewhere: as one.
    {"a**", "ab", true},
    {"a**", "a/b", false},
    {"**b", "a/b", false},
    {"a**/b", "ac/b", true},
    {"a**/b", "a/c/b", false},
    {"x/a**b", "x/a/b", false},
    // Sets.
    {"[abc]", "b", true},
    {"[abc]", "d", false},
    {"[a-c]x", "bx", true},
    {"[!a-c]", "d", true},
    {"[!a-c]", "b", false},
    {"[^a]", "b", true},
    {"[!a]", "/", false},
    {"[--0]", "/", false},
    {"[a/]", "/", false},
    {"[]a]", "]", true},
    {"[]a]", "a", true},
    {"[!]]", "]", false},
    {"[!]]", "a", true},
    {"[a-]", "-", true},
    {"[-a]", "-", true},
    {"[z-a]", "m", false},
    {"[\\]]", "]", true},
    {"[a\\-c]", "b", false},
    {"[a\\-c]", "-", true},
    {"[a-\\c]", "b", true},
    {"[\\a-c]", "b", true},
    {"[[:digit:]]", "7", true},
    {"[[:digit:]]", "x", false},
    {"[![:space:]x]", "y", true},
    {"[[:upper:][:digit:]_]", "_", true},
    {"[[:upper:]-z]", "-", true},
    {"[[:upper:]-z]", "q", false},
    {"[[:x]", ":", true},
    {"[[:]", "[", true},
    {"[\x80-\xff]", "\xe9", true},
    // Backslashes.
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"\\a", "a", true},
    {"\\\\", "\\", true},
    {"a\\/b", "a/b", true},
    {"**\\/b", "a/c/b", true},
    {"**\\/b", "b", false},
    // Not well-formed: nothing.
    {"a\\", "a\\", false},
    {"[a", "a", false},
    {"[a", "[a", false},
    {"[]", "]", false},
    {"[a\\", "a", false},
    {"[[:nonsense:]]", "a", false},
    {"[[:alpha:]", "a", false},
};

TEST(glob, matches_as_gitignore_says) {
  for (const glob_case& c : cases) {
    EXPECT_EQ(glob(c.pattern).matches(c.text), c.matches) << c.pattern << " on " << c.text;
  }
}

struct class_case {
  const char* name;
  const char* has;
  const char* has_not;
};

TEST(glob, knows_the_named_classes) {
  const class_case classes[] = {
      {"alnum", "aZ09", "_ \xe9"},     {"alpha", "aZ", "09_"}, {"blank", " \t", "\na"},
      {"cntrl", "\x01\x1f\x7f", " a"}, {"digit", "059", "a "}, {"graph", "!a~", " \x7f"},
      {"lower", "az", "AZ"},           {"print", " a~", "\t"}, {"punct", "!_~", "a0 "},
      {"space", " \t\n\v\f\r", "a"},   {"upper", "AZ", "az"},  {"xdigit", "09afAF", "gG"},
  };
  for (const class_case& c : classes) {
    SCOPED_TRACE(c.name);
    const glob pattern("[[:" + std::string(c.name) + ":]]");
    for (const char byte : std::string(c.has)) EXPECT_TRUE(pattern.matches({&byte, 1})) << byte;
    for (const char byte : std::string(c.has_not))
      EXPECT_FALSE(pattern.matches({&byte, 1})) << byte;
  }
}

// From few pieces, so that matches are not rare.
std::string compose(std::mt19937& random, const std::vector<std::string>& pieces, int most) {
  std::string text;
  for (auto left = static_cast<int>(random() % static_cast<unsigned>(most)); left > 0; --left) {
    text += pieces[random() % pieces.size()];
  }
  return text;
}

TEST(glob, agrees_with_a_slow_matcher) {
  std::mt19937 random(1);  // NOLINT: the same in every run.
  const std::vector<std::string> wild = {"a",    "b",    "/",   "*",     "?",   "**/", "/**", "/",
                                         "[ab]", "[!a]", "\\a", "[a-b]", "\\*", "**",  "a",   "["};
  const std::vector<std::string> plain = {"a", "b", "/", "*", "aa", "c"};
  int matched = 0;
  for (int i = 0; i < 300'000; ++i) {
    const std::string pattern = compose(random, wild, 9);
    if (pattern.find("***") != std::string::npos) continue;  // Not known to the slow one.
    const std::string text = compose(random, plain, 9);
    const bool wanted = slow_match(pattern, text);
    matched += wanted ? 1 : 0;
    ASSERT_EQ(glob(pattern).matches(text), wanted) << pattern << " on " << text;
  }
  EXPECT_GT(matched, 5'000);
}

// By trying every way it would take longer than the universe has.
TEST(glob, needs_no_exponential_time) {
  std::string pattern, deep;
  for (int i = 0; i < 100; ++i) {
    pattern += "*a";
    deep += "**/a*/";
  }
  const std::string text(250, 'a');
  std::string path;
  for (int i = 0; i < 1'000; ++i) path += "aa/";
  EXPECT_FALSE(glob(pattern + "b").matches(text));
  EXPECT_TRUE(glob(pattern).matches(text));
  EXPECT_FALSE(glob(deep + "b").matches(path + "c"));
  EXPECT_TRUE(glob(deep + "c").matches(path + "c"));
}

TEST(glob, tells_what_matches_begin_and_end_with) {
  const glob pattern("ab\\*[x]c*de");
  EXPECT_EQ(pattern.head(), "ab*");
  EXPECT_EQ(pattern.tail(), "de");
  EXPECT_FALSE(pattern.is_literal());
  EXPECT_TRUE(glob("a\\?").is_literal());
  EXPECT_EQ(glob("a\\?").head(), "a?");
}

}  // namespace
}  // namespace copytree
