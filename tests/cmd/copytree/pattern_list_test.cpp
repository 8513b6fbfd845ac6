// gitignore's rules beyond the wildcards, and long lists.
#include "copytree/selection/pattern_list.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "cmd/copytree/slow_glob.h"

namespace copytree {
namespace {

struct list_case {
  const char* name;
  const char* lines;
  const char* path;
  bool is_directory;
  verdict said;
};

const list_case cases[] = {
    {"name at any level", "foo", "a/foo", false, verdict::exclude},
    {"name is not its beginning", "foo", "foobar", false, verdict::none},
    {"name is not a directory above", "foo", "foo/a", false, verdict::none},
    {"leading slash", "/foo", "foo", false, verdict::exclude},
    {"leading slash, deeper", "/foo", "a/foo", false, verdict::none},
    {"slash within", "a/foo", "a/foo", false, verdict::exclude},
    {"slash within, deeper", "a/foo", "b/a/foo", false, verdict::none},
    {"trailing slash, directory", "foo/", "a/foo", true, verdict::exclude},
    {"trailing slash, file", "foo/", "a/foo", false, verdict::none},
    {"both slashes", "/foo/", "foo", true, verdict::exclude},
    {"both slashes, deeper", "/foo/", "a/foo", true, verdict::none},
    {"only a slash", "/", "foo", true, verdict::none},
    {"two slashes", "//", "foo", true, verdict::none},
    {"negation", "*.o\n!a.o", "a.o", false, verdict::include},
    {"last match wins", "!a.o\n*.o", "a.o", false, verdict::exclude},
    {"negated only", "!a", "a", false, verdict::include},
    {"escaped mark", "\\!a", "!a", false, verdict::exclude},
    {"two marks", "!!a", "!a", false, verdict::include},
    {"comment", "#a", "#a", false, verdict::none},
    {"escaped comment", "\\#a", "#a", false, verdict::exclude},
    {"mark in the middle", "a#", "a#", false, verdict::exclude},
    {"blank lines", "\n\na\n\n", "a", false, verdict::exclude},
    {"trailing blanks", "a  ", "a", false, verdict::exclude},
    {"escaped blank", "a\\ ", "a ", false, verdict::exclude},
    {"escaped blank, then blanks", "a\\   ", "a ", false, verdict::exclude},
    {"escaped backslash, then blank", "a\\\\ ", "a\\", false, verdict::exclude},
    {"leading blank", " a", " a", false, verdict::exclude},
    {"only blanks", "   ", "   ", false, verdict::none},
    {"trailing tab", "a\t", "a\t", false, verdict::exclude},
    {"carriage return", "a\r\nb", "a", false, verdict::exclude},
    {"carriage return at the end", "a\r", "a", false, verdict::exclude},
    {"byte order mark",
     "\xef\xbb\xbf"
     "a",
     "a", false, verdict::exclude},
    {"directory, any sort of name", "*/", "\xff\n", true, verdict::exclude},
    {"wildcard with slash", "a/*.c", "a/b.c", false, verdict::exclude},
    {"wildcard with slash, deeper", "a/*.c", "a/b/b.c", false, verdict::none},
    {"all below", "a/**", "a/b/c", false, verdict::exclude},
    {"malformed", "[a\n", "[a", false, verdict::none},
    {"malformed does not shift the others", "[a\nb\n[c\n!b", "b", false, verdict::include},
    {"directory rule after a file's", "!a\na/", "a", false, verdict::include},
    {"file's rule after a directory's", "a/\n!a", "a", true, verdict::include},
};

TEST(pattern_list, follows_the_rules_of_gitignore) {
  for (const list_case& c : cases) {
    pattern_list list;
    list.add_lines(c.lines);
    EXPECT_EQ(list.judge(c.path, c.is_directory), c.said) << c.name;
  }
}

TEST(pattern_list, takes_a_single_pattern_as_it_stands) {
  for (const std::string pattern : {"a ", "#a", "a\r"}) {
    pattern_list list;
    list.add(pattern);
    EXPECT_EQ(list.judge(pattern, false), verdict::exclude) << pattern;
  }
}

// What a list means, without an index.
verdict slow_judge(const std::vector<std::string>& patterns, std::string_view path,
                   bool is_directory) {
  verdict said = verdict::none;
  for (std::string_view pattern : patterns) {
    const bool negated = pattern.starts_with('!');
    if (negated) pattern.remove_prefix(1);
    const bool directories = pattern.ends_with('/');
    if (directories) pattern.remove_suffix(1);
    const bool whole = pattern.find('/') != std::string_view::npos;
    if (pattern.starts_with('/')) pattern.remove_prefix(1);
    if (directories && !is_directory) continue;
    if (!slow_match(pattern, whole ? path : path.substr(path.rfind('/') + 1))) continue;
    said = negated ? verdict::include : verdict::exclude;
  }
  return said;
}

TEST(pattern_list, finds_the_last_match_as_a_plain_search_does) {
  std::mt19937 random(2);  // NOLINT: the same in every run.
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  const std::vector<std::string> names = {"a", "b", "ab", "abc", "ba", "cab"};
  const std::vector<std::string> pieces = {"a", "b", "c", "*", "?", "ab", "[ab]", "*b"};
  int decided = 0;
  for (int round = 0; round < 3'000; ++round) {
    std::vector<std::string> patterns;
    pattern_list list;
    for (std::size_t i = 0; i < 12; ++i) {
      std::string pattern = random() % 3 == 0 ? "!" : "";
      if (random() % 4 == 0) pattern += "/";
      if (random() % 4 == 0) pattern += pick(names) + "/";
      pattern += pick(pieces) + pick(pieces) + (random() % 4 == 0 ? "/" : "");
      if (pattern.find("**") != std::string::npos) continue;
      list.add(pattern);
      patterns.push_back(pattern);
    }
    for (int i = 0; i < 10; ++i) {
      const std::string path = (random() % 2 == 0 ? pick(names) + "/" : "") + pick(names);
      const bool is_directory = random() % 2 == 0;
      const verdict wanted = slow_judge(patterns, path, is_directory);
      decided += wanted != verdict::none ? 1 : 0;
      ASSERT_EQ(list.judge(path, is_directory), wanted) << path << testing::PrintToString(patterns);
    }
  }
  EXPECT_GT(decided, 5'000);
}

// Were each name tried against each pattern, this would be 10^10 comparisons.
TEST(pattern_list, of_100000_patterns_is_not_tried_one_by_one) {
  pattern_list list;
  for (int i = 0; i < 20'000; ++i) {
    const std::string number = std::to_string(i);
    list.add("name" + number);
    list.add("/dir" + number + "/file");
    list.add("*.ext" + number);
    list.add("begin" + number + "-*");
    list.add("!x?y" + number + "/");
  }
  for (int i = 0; i < 100'000; ++i) {
    const std::string number = std::to_string(i);
    const verdict wanted = i < 20'000 ? verdict::exclude : verdict::none;
    ASSERT_EQ(list.judge("some/name" + number, false), wanted);
    ASSERT_EQ(list.judge("a.ext" + number, false), wanted);
    ASSERT_EQ(list.judge("dir" + number + "/file", false), wanted);
  }
}

}  // namespace
}  // namespace copytree
