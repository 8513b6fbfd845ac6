#include "copytree/operands/plan.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;

// The operands are paths below the playground, which holds:
const support::tree world = {
    dir("a"),
    dir("a/d"),
    file("a/d/x", "x"),
    file("a/f", "f"),
    dir("b"),
    dir("b/d"),
    file("b/f", "f"),
    dir("to"),
    file("plain"),
    symlink("to-a", "a"),
    symlink("dangling", "nowhere"),
    symlink("link-to-to", "to"),
};

struct plan_case {
  const char* name;
  std::vector<std::string> sources;
  std::string destination;
  std::string target;                   // What the plan says; "" if it is refused altogether.
  std::vector<std::string> names;       // Of the jobs.
  std::vector<operation> refused = {};  // Also the reason for refusing all.
  std::vector<operation> noted = {};
};

const plan_case cases[] = {
    {"new name", {"a"}, "new", ".", {"new"}},
    {"new name with a slash", {"a"}, "new/", ".", {"new"}},
    {"new name below", {"a"}, "to/new", "to", {"new"}},
    {"over a file", {"a/f"}, "plain", ".", {"plain"}},
    {"over a dangling link", {"a/f"}, "dangling", ".", {"dangling"}},
    {"into a directory", {"a"}, "to", "to", {"a"}},
    {"into a directory behind a link", {"a"}, "link-to-to", "link-to-to", {"a"}},
    {"trailing slashes", {"a//"}, "to//", "to", {"a"}},
    {"a link behind a slash", {"to-a/"}, "to", "to", {"to-a"}},
    {"the content", {"a/."}, "to", "to", {"."}},
    {"the content, from below", {"a/d/.."}, "to", "to", {"."}},
    {"several", {"a", "plain"}, "to", "to", {"a", "plain"}},
    {"several to no directory", {"a", "b"}, "new", "", {}, {operation::open_target}},
    {"several to a file", {"a", "b"}, "plain", "", {}, {operation::open_target}},
    {"no destination", {"a"}, "", ".", {}, {operation::create_directory}},
    {"a missing source among others", {"a", "no"}, "to", "to", {"a"}, {operation::stat_source}},
    {"a missing source alone", {"no"}, "new", ".", {}, {operation::stat_source}},
    {"no directory to make it in", {"a"}, "no/new", ".", {}, {operation::create_directory}},
    {"no directory to make the file in", {"plain"}, "no/new", ".", {}, {operation::create_file}},
    {"a file under a directory's name", {"plain"}, "new/", ".", {}, {operation::create_file}},
    {"onto itself", {"a"}, ".", ".", {}, {operation::same_file}},
    {"the content onto itself", {"a/."}, "a", "a", {}, {operation::same_file}},
    {"into itself", {"a"}, "a", "a", {}, {operation::into_itself}},
    {"into itself, deeper", {"a"}, "a/d", "a/d", {}, {operation::into_itself}},
    {"into itself, under a new name", {"a"}, "a/d/new", "a/d", {}, {operation::into_itself}},
    {"into itself, through a link", {"a"}, "to-a/d/new", "to-a/d", {}, {operation::into_itself}},
    {"the content over a file", {"."}, "plain", ".", {}, {operation::directory_over_other}},
    {"a link to a directory is no directory", {"to-a"}, "a", "a", {"to-a"}},
    {"two of one name", {"a/f", "b/f"}, "to", "to", {"f", "f"}},
    {"two directories of one name", {"a/d", "b/d"}, "to", "to", {"d", "d"}},
    {"one file twice", {"a/f", "a/../a/f"}, "to", "to", {"f"}, {}, {operation::repeated_source}},
    {"one twice", {"a/d", "a/d/"}, "to", "to", {"d"}, {}, {operation::repeated_source_directory}},
};

TEST(plan_copy, follows_the_rules_of_cp) {
  const playground ground(world);
  const working_directory here(ground.source());
  for (const plan_case& c : cases) {
    SCOPED_TRACE(c.name);
    file_system fs;
    const auto planned = plan_copy(fs, {.sources = c.sources, .destination = c.destination});
    ASSERT_EQ(planned.has_value(), !c.target.empty());
    if (!planned) {
      EXPECT_THAT(c.refused, ElementsAre(planned.error().what));
      continue;
    }
    EXPECT_EQ(planned->target_path.empty() ? "." : planned->target_path, c.target);
    std::vector<std::string> names;
    for (const job& each : planned->jobs) names.push_back(each.name);
    EXPECT_EQ(names, c.names);
    EXPECT_EQ(operations(planned->refused), c.refused);
    EXPECT_EQ(operations(planned->notes), c.noted);
  }
}

TEST(plan_copy, names_both_paths_of_a_refusal_as_given) {
  const playground ground(world);
  const working_directory here(ground.source());
  file_system fs;
  const auto planned = plan_copy(fs, {.sources = {"a"}, .destination = "a/d"});
  ASSERT_TRUE(planned);
  EXPECT_THAT(planned->refused, ElementsAre(error{operation::into_itself, {}, "a", "a/d/a"}));
}

struct backup_case {
  const char* name;
  std::string source;
  std::string backup;  // Below the playground.
};

const backup_case backup_cases[] = {
    {"plain", "a", "a[backup]"},
    {"slashes", "a//", "a[backup]"},
    {"dot", "a/.", "a[backup]"},
    {"dot dot", "a/d/..", "a[backup]"},
    {"deeper", "a/d", "a/d[backup]"},
    {"a file", "plain", "plain[backup]"},
    {"through a link", "to-a", "a[backup]"},
};

TEST(plan_backup, puts_the_copy_beside_the_source) {
  const playground ground(world);
  const working_directory here(ground.source());
  for (const backup_case& c : backup_cases) {
    SCOPED_TRACE(c.name);
    file_system fs;
    const auto planned = plan_backup(fs, c.source);
    ASSERT_TRUE(planned);
    ASSERT_EQ(planned->jobs.size(), 1u);
    EXPECT_THAT(planned->refused, IsEmpty());
    EXPECT_EQ(planned->target_path + "/" + planned->jobs[0].name,
              (std::filesystem::canonical(".") / c.backup).string());
  }
}

TEST(plan_backup, refuses_the_root_directory_and_what_is_there) {
  const playground ground(
      {dir("a"), dir("a[backup]"), symlink("b", "x"), symlink("c[backup]", "x"), dir("c")});
  file_system fs;
  EXPECT_EQ(plan_backup(fs, "/").error().what, operation::backup_of_root);
  EXPECT_EQ(plan_backup(fs, "/..").error().what, operation::backup_of_root);
  EXPECT_EQ(plan_backup(fs, ground.source() + "/a").error().what, operation::already_exists);
  EXPECT_EQ(plan_backup(fs, ground.source() + "/c").error().what, operation::already_exists);
  EXPECT_EQ(plan_backup(fs, ground.source() + "/b").error().what, operation::stat_source);
}

}  // namespace
}  // namespace copytree
