// Links to the source instead of copies.
#include "copytree/entry/substitute.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

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

const support::tree world = {dir("t"),           file("t/f", "x"),    dir("t/d"),
                             file("t/d/g", "y"), symlink("t/l", "f"), file("old", "old")};

options linking(substitute instead, existing way = existing::overwrite) {
  return {.when_existing = way, .instead = instead};
}

TEST(substitute, hard_links_make_a_tree_of_names) {
  const playground ground(world);
  const working_directory here(ground.source());
  const copy_result made = copy_now({"t"}, "new", {.how = linking(substitute::hard_link)});
  EXPECT_THAT(made.errors, IsEmpty());
  EXPECT_EQ(made.what.hard_links, 3u);
  for (const char* name : {"f", "d/g", "l"}) {
    EXPECT_EQ(status_of(std::string("new/") + name).st_ino,
              status_of(std::string("t/") + name).st_ino);
  }
}

TEST(substitute, a_hard_link_leads_to_the_file_if_links_are_followed) {
  const playground ground(world);
  const working_directory here(ground.source());
  options how = linking(substitute::hard_link);
  how.follow = follow_links::always;
  EXPECT_THAT(copy_now({"t/l"}, "new", {.how = how}).errors, IsEmpty());
  EXPECT_EQ(status_of("new").st_ino, status_of("t/f").st_ino);
}

TEST(substitute, a_name_that_the_file_has_already_is_left_in_silence) {
  const playground ground(world);
  const working_directory here(ground.source());
  std::filesystem::create_hard_link("t/f", "twin");
  const copy_result made = copy_now({"t/f"}, "twin", {.how = linking(substitute::hard_link)});
  EXPECT_THAT(made.errors, IsEmpty());
  EXPECT_EQ(made.what.hard_links, 0u);
}

struct standing_case {
  substitute instead;
  existing way;
  std::vector<error> errors;
};

TEST(substitute, what_stands_there_is_only_replaced_if_that_is_wanted) {
  const standing_case cases[] = {
      {substitute::hard_link,
       existing::overwrite,
       {{operation::create_hard_link, std::errc::file_exists, "t/f", "old"}}},
      {substitute::symbolic_link,
       existing::overwrite,
       {{operation::create_substitute_link, std::errc::file_exists, "t/f", "old"}}},
      {substitute::hard_link, existing::force, {}},
      {substitute::symbolic_link, existing::force, {}},
      {substitute::symbolic_link, existing::remove, {}},
      {substitute::hard_link, existing::replace, {}},
  };
  for (const standing_case& c : cases) {
    const playground ground(world);
    const working_directory here(ground.source());
    const copy_result made = copy_now({"t/f"}, "old", {.how = linking(c.instead, c.way)});
    EXPECT_EQ(made.errors, c.errors);
    EXPECT_EQ(content_of("old"), c.errors.empty() ? "x" : "old");
  }
}

TEST(substitute, a_symbolic_link_is_right_in_the_current_directory_or_absolute) {
  const playground ground(world);
  const working_directory here(ground.source());
  const options how = linking(substitute::symbolic_link);
  EXPECT_THAT(copy_now({"t/f"}, "here", {.how = how}).errors, IsEmpty());
  EXPECT_EQ(std::filesystem::read_symlink("here"), "t/f");
  EXPECT_THAT(copy_now({"t/f"}, "t/d/there", {.how = how}).errors,
              ElementsAre(error{operation::relative_link_elsewhere, {}, "t/f", "t/d/there"}));
  EXPECT_FALSE(exists("t/d/there"));
  const std::string absolute = ground.source() + "/t";
  EXPECT_THAT(copy_now({absolute}, "new", {.how = how}).errors, IsEmpty());
  EXPECT_EQ(std::filesystem::read_symlink("new/d/g"), absolute + "/d/g");
}

// What stood there comes back if the link cannot be made.
TEST(substitute, a_backup_is_taken_back) {
  const playground ground(world);
  const working_directory here(ground.source());
  options how = linking(substitute::symbolic_link);
  how.keep_backup = backup::simple;
  EXPECT_EQ(copy_now({"old"}, "t/f", {.how = how}).errors.size(), 1u);
  EXPECT_EQ(content_of("t/f"), "x");
  EXPECT_FALSE(exists("t/f~"));
}

}  // namespace
}  // namespace copytree
