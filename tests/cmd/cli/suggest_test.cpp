#include "cli/suggest.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(suggest, edit_distance) {
  const std::tuple<const char*, const char*, std::size_t> cases[] = {
      {"", "", 0},        {"", "abc", 3},          {"abc", "", 3},      {"jobs", "jobs", 0},
      {"jobs", "job", 1}, {"jobs", "jops", 1},     {"jobs", "jbos", 1}, {"jobs", "jbso", 2},
      {"ca", "abc", 3},   {"kitten", "sitting", 3}};
  for (const auto& [a, b, want] : cases) {
    EXPECT_EQ(edit_distance(a, b), want) << a << ' ' << b;
    EXPECT_EQ(edit_distance(b, a), want) << b << ' ' << a;
  }
}

struct nearest_case {
  const char* typed;
  std::optional<std::string> want;
};

TEST(suggest, nearest) {
  const std::vector<std::string> words = {"jobs",     "backend", "quiet",
                                          "progress", "color",   "dry-run"};
  const nearest_case cases[] = {{"jbos", "jobs"},
                                {"job", "jobs"},
                                {"bakend", "backend"},
                                {"colour", "color"},
                                {"dryrun", "dry-run"},
                                {"prog", "progress"},
                                {"xyzzy", std::nullopt},
                                {"", std::nullopt},
                                {"z", std::nullopt},
                                {"quit", "quiet"},
                                {"jobsjobsjobs", std::nullopt}};
  for (const nearest_case& c : cases) EXPECT_EQ(nearest(c.typed, words), c.want) << c.typed;
}

TEST(suggest, an_ambiguous_beginning_suggests_only_what_is_near) {
  EXPECT_EQ(nearest("comp", {"completion-bash", "completion-zsh"}), std::nullopt);
  EXPECT_EQ(nearest("bash", {}), std::nullopt);
}

}  // namespace
}  // namespace cli
