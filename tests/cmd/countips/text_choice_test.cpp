#include "countips/tallies/text_choice.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <regex>
#include <string>

namespace countips {
namespace {

std::vector<regex_program> compiled(const std::vector<std::string>& patterns) {
  std::vector<regex_program> all;
  for (const std::string& each : patterns) all.push_back(regex_program::compile(each).value());
  return all;
}

TEST(text_choice, admits_what_one_wanted_pattern_and_no_unwanted_is_found_in) {
  struct choice_case {
    std::vector<std::string> wanted;
    std::vector<std::string> unwanted;
    std::string text;
    bool admitted;
  };
  const choice_case cases[] = {
      {{}, {}, "/a", true},
      {{}, {}, "", true},
      {{"a"}, {}, "/abc", true},
      {{"^a"}, {}, "/abc", false},
      {{"A"}, {}, "/abc", false},
      {{"(?i)A"}, {}, "/abc", true},
      {{"x", "b"}, {}, "/abc", true},
      {{"x", "y"}, {}, "/abc", false},
      {{}, {"b"}, "/abc", false},
      {{}, {"x", "b"}, "/abc", false},
      {{}, {"x"}, "/abc", true},
      {{"a"}, {"c$"}, "/abc", false},
      {{"a"}, {"b$"}, "/abc", true},
      // Nothing to search in.
      {{".*"}, {}, "", false},
      {{}, {".*"}, "", true},
      {{"-"}, {}, "-", false},
      {{}, {"-"}, "-", true},
      {{"-"}, {}, "--", true},
      // Bytes, whatever their encoding.
      {{"^/.$"}, {}, "/\xe9", true},
      {{"\\xe9"}, {}, "/\xe9", true},
      {{"^/..$"}, {}, "/\xc3\xa9", true},
      {{"b"}, {}, std::string("/a\0b", 4), true},
  };
  for (const choice_case& c : cases) {
    const text_choice choice{.wanted = compiled(c.wanted), .unwanted = compiled(c.unwanted)};
    EXPECT_EQ(choice.is_empty(), c.wanted.empty() && c.unwanted.empty());
    EXPECT_EQ(choice.admits(c.text), c.admitted) << &c - cases;
  }
}

TEST(text_choice, agrees_with_std_regex) {
  const std::vector<std::string> patterns = {"a",    "^/b", "c$",     "[^a]b", "(a|b)c",
                                             "a.*b", "^$",  "a{2,3}", "/+a?",  "b+$"};
  std::mt19937 random(5);
  for (int i = 0; i < 5000; ++i) {
    const auto pick = [&] { return patterns[random() % patterns.size()]; };
    const std::string wanted = pick();
    const std::string unwanted = pick();
    std::string text(1 + random() % 8, ' ');
    for (char& c : text) c = "/abc"[random() % 4];
    const text_choice choice{.wanted = compiled({wanted}), .unwanted = compiled({unwanted})};
    EXPECT_EQ(choice.admits(text), std::regex_search(text, std::regex(wanted)) &&
                                       !std::regex_search(text, std::regex(unwanted)))
        << wanted << " but not " << unwanted << ": " << text;
  }
}

}  // namespace
}  // namespace countips
