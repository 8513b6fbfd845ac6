// copytree under the name cp beside the system's cp.
#include <gmock/gmock.h>
#include <unistd.h>

#include <cctype>
#include <string>
#include <string_view>

#include "e2e/cp/cp_case.h"
#include "e2e/cp/cp_world.h"
#include "support/tree_compare.h"

namespace cp_cases {

// How gtest shows a case.
void PrintTo(const cp_case& which, std::ostream* out) {
  *out << which.line;
}

namespace {

class cp : public testing::TestWithParam<cp_case> {};

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "\n  " + line;
  return text;
}

// What differs between the two, for people; empty if nothing does.
std::string compare(const outcome& theirs, const outcome& ours) {
  std::string text;
  if (theirs.status != ours.status) {
    text += "\nstatus " + std::to_string(theirs.status) + " and " + std::to_string(ours.status);
  }
  if (theirs.out != ours.out) {
    text += "\nstandard output:" + joined(theirs.out) + "\nand:" + joined(ours.out);
  }
  if (theirs.err != ours.err) {
    text += "\nstandard error:" + joined(theirs.err) + "\nand:" + joined(ours.err);
  }
  const auto found = support::differences(theirs.tree, ours.tree);
  if (!found.empty()) text += "\ntrees:" + joined(found);
  return text;
}

TEST_P(cp, does_as_the_system_s_cp) {
  const cp_case& which = GetParam();
  if (const std::string why = obstacle(); !why.empty()) GTEST_SKIP() << why;
  if (which.needs_root && ::geteuid() != 0) GTEST_SKIP() << "only root can set this up";
  cp_world world;
  const outcome theirs = world.run_theirs(which);
  const outcome ours = world.run_ours(which);
  const std::string difference = compare(theirs, ours);
  const std::string_view gap = which.gap;
  if (gap.empty()) {
    EXPECT_EQ(difference, "") << "setup: " << which.setup << "\nline: " << which.line;
    return;
  }
  ASSERT_NE(difference, "") << "no gap any more, though listed as: " << gap;
  GTEST_SKIP() << "known gap in " << which.line << "\n" << gap << difference;
}

// "12_cp_a_x_y" for the line "cp -a x y".
std::string name_of(const testing::TestParamInfo<cp_case>& info) {
  std::string name = std::to_string(info.index);
  for (const char c : std::string_view(info.param.line)) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      name += c;
    } else if (name.back() != '_') {
      name += '_';
    }
  }
  return name.substr(0, 70);
}

INSTANTIATE_TEST_SUITE_P(usage, cp, testing::ValuesIn(usage.begin(), usage.end()), name_of);
INSTANTIATE_TEST_SUITE_P(words, cp, testing::ValuesIn(words.begin(), words.end()), name_of);
INSTANTIATE_TEST_SUITE_P(operands, cp, testing::ValuesIn(operands.begin(), operands.end()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(directories, cp, testing::ValuesIn(directories.begin(), directories.end()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(existing, cp, testing::ValuesIn(existing.begin(), existing.end()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(same_file, cp, testing::ValuesIn(same_file.begin(), same_file.end()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(links, cp, testing::ValuesIn(links.begin(), links.end()), name_of);
INSTANTIATE_TEST_SUITE_P(backups, cp, testing::ValuesIn(backups.begin(), backups.end()), name_of);
INSTANTIATE_TEST_SUITE_P(updates, cp, testing::ValuesIn(updates.begin(), updates.end()), name_of);
INSTANTIATE_TEST_SUITE_P(attributes, cp, testing::ValuesIn(attributes.begin(), attributes.end()),
                         name_of);
INSTANTIATE_TEST_SUITE_P(content, cp, testing::ValuesIn(content.begin(), content.end()), name_of);

}  // namespace
}  // namespace cp_cases
