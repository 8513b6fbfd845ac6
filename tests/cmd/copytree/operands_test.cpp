// Several operands, operands with their parents, and operands that are refused.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using support::symlink;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const support::tree world = {
    dir("a", 0750),     dir("a/d", 0710), file("a/d/f", "one"), file("a/d/g", "g"),
    dir("b"),           dir("b/d"),       file("b/d/f", "two"), dir("to"),
    symlink("la", "a"), file("plain"),
};

TEST(operands, files_are_not_copied_over_each_other_but_directories_merge) {
  for (const executor_kind& kind : backends()) {
    const playground ground(world);
    const working_directory here(ground.source());
    EXPECT_THAT(copy_now({"a/d/f", "b/d/f"}, "to", {.executor = kind}).errors,
                ElementsAre(error{operation::just_created, {}, "b/d/f", "to/f"}));
    EXPECT_EQ(content_of("to/f"), "one");
    EXPECT_THAT(copy_now({"a/d", "b/d"}, "to", {.executor = kind}).errors, IsEmpty());
    EXPECT_EQ(content_of("to/d/f"), "two");
    EXPECT_EQ(content_of("to/d/g"), "g");
  }
}

struct second_case {
  const char* name;
  options how;
  std::vector<std::string> errors_for;  // Sources.
  std::vector<std::string> left;
};

TEST(operands, the_second_of_one_name_is_judged_like_any_other) {
  const second_case cases[] = {
      {"dry run", {.dry_run = true}, {"b/d/f"}, {}},
      {"kept", {.when_existing = existing::keep}, {}, {"f"}},
      {"numbered", {.keep_backup = backup::numbered}, {}, {"f", "f.~1~"}},
      {"simple", {.keep_backup = backup::simple}, {"b/d/f"}, {"f"}},
  };
  for (const second_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground(world);
    const working_directory here(ground.source());
    std::vector<std::string> refused;
    for (const error& each : copy_now({"a/d/f", "b/d/f"}, "to", {.how = c.how}).errors) {
      EXPECT_EQ(each.what, operation::just_created);
      refused.push_back(each.source);
    }
    EXPECT_EQ(refused, c.errors_for);
    EXPECT_EQ(names_below("to"), c.left);
  }
}

TEST(operands, nothing_is_written_through_a_link_that_was_just_made) {
  const playground ground({dir("a"), dir("b"), dir("to"), symlink("a/x", "../victim"),
                           file("b/x", "new"), file("victim", "old")});
  const working_directory here(ground.source());
  const copy_result made =
      copy_now({"a/x", "b/x"}, "to", {.how = {.when_existing = existing::overwrite}});
  EXPECT_THAT(made.errors, ElementsAre(error{operation::through_new_link, {}, "b/x", "to/x"}));
  EXPECT_EQ(content_of("victim"), "old");
}

TEST(operands, one_source_is_one_however_it_is_written) {
  const playground ground(world);
  const working_directory here(ground.source());
  const copy_result made = copy_now({"a/d/f", "la/../a/d/f", "a/d//f"}, "to");
  EXPECT_THAT(made.errors, IsEmpty());
  EXPECT_THAT(made.notes, ElementsAre(error{operation::repeated_source, {}, "la/../a/d/f", "to/f"},
                                      error{operation::repeated_source, {}, "a/d//f", "to/f"}));
}

TEST(operands, directories_are_left_out_if_not_recursive) {
  const playground ground(world);
  const working_directory here(ground.source());
  const copy_result made = copy_now({"a", "plain"}, "to", {.how = {.recursive = false}});
  EXPECT_THAT(made.errors, ElementsAre(error{operation::not_recursive, {}, "a", "to/a"}));
  EXPECT_THAT(names_below("to"), ElementsAre("plain"));
}

TEST(operands, bring_their_parents_with_their_modes) {
  const playground ground(world);
  const working_directory here(ground.source());
  const copy_setup setup = {.how = {.list_entries = true}, .request = {.parents = true}};
  const copy_result made = copy_now({"a/d/f", "la/d/g", ground.source() + "/b/d"}, "to", setup);
  EXPECT_THAT(made.errors, IsEmpty());
  EXPECT_EQ(content_of("to/a/d/f"), "one");
  EXPECT_EQ(content_of("to/la/d/g"), "g");
  EXPECT_EQ(content_of("to" + ground.source() + "/b/d/f"), "two");
  EXPECT_EQ(status_of("to/a").st_mode & 07777, 0750u);
  EXPECT_EQ(status_of("to/a/d").st_mode & 07777, 0710u);
  EXPECT_EQ(status_of("to/la").st_mode, status_of("to/a").st_mode) << "a link is followed";
  EXPECT_THAT(made.list, Contains("a -> to/a"));
}

TEST(operands, parents_that_are_there_stay_as_they_are) {
  const playground ground(world);
  const working_directory here(ground.source());
  support::make_tree("to", {dir("a", 0700)});
  copy_now({"a/d/f"}, "to", {.request = {.parents = true}});
  EXPECT_EQ(status_of("to/a").st_mode & 07777, 0700u);
  EXPECT_EQ(content_of("to/a/d/f"), "one");
}

TEST(operands, a_dry_run_makes_no_parents) {
  const playground ground(world);
  const working_directory here(ground.source());
  const copy_setup setup = {.how = {.dry_run = true, .list_entries = true},
                            .request = {.parents = true}};
  const copy_result made = copy_now({"a/d/f", "b/d"}, "to", setup);
  EXPECT_THAT(made.list, ElementsAre("a -> to/a", "a/d -> to/a/d", "a/d/f -> to/a/d/f", "b -> to/b",
                                     "b/d -> to/b/d", "b/d/f -> to/b/d/f"));
  EXPECT_THAT(names_below("to"), IsEmpty());
}

struct parent_case {
  const char* name;
  std::string source;
  operation what;
  std::string source_named;
  std::string destination_named;
};

const parent_case bad_parents[] = {
    {"missing", "no/x/f", operation::stat_parent, "no", "to/no"},
    {"a file", "plain/f", operation::stat_parent, "plain", "to/plain"},
    {"only the last is missing", "b/d/no", operation::stat_source, "b/d/no", "to/b/d/no"},
    {"a file in the way", "a/d/f", operation::parent_not_directory, "a", "to/a"},
};

TEST(operands, parents_that_cannot_be_had_are_named_and_the_rest_arrives) {
  for (const parent_case& c : bad_parents) {
    SCOPED_TRACE(c.name);
    const playground ground(world);
    const working_directory here(ground.source());
    support::make_tree("to", {file("a")});
    const copy_result made = copy_now({c.source, "b/d/f"}, "to", {.request = {.parents = true}});
    ASSERT_EQ(made.errors.size(), 1u);
    EXPECT_EQ(made.errors[0].what, c.what);
    EXPECT_EQ(made.errors[0].source, c.source_named);
    EXPECT_EQ(made.errors[0].destination, c.destination_named);
    EXPECT_EQ(content_of("to/b/d/f"), "two");
  }
}

struct parent_fault {
  const char* name;
  call what;
  std::string on;
  operation reported;
};

const parent_fault parent_faults[] = {
    {"source not to be opened", call::open_following, "a", operation::stat_parent},
    {"not to be made", call::make_directory, "a", operation::make_parent},
};

TEST(operands, faults_of_parents_are_reported_and_the_rest_arrives) {
  for (const parent_fault& c : parent_faults) {
    SCOPED_TRACE(c.name);
    const playground ground(world);
    const working_directory here(ground.source());
    faulty_fs fs([&](call what, const char* name) {
      return what == c.what && name == c.on ? std::errc::io_error : std::errc{};
    });
    const copy_result made =
        copy_now({"a/d/f", "b/d/f"}, "to", {.fs = &fs, .request = {.parents = true}});
    ASSERT_EQ(made.errors.size(), 1u);
    EXPECT_EQ(made.errors[0].what, c.reported);
    EXPECT_EQ(content_of("to/b/d/f"), "two");
    EXPECT_FALSE(exists("to/a"));
  }
}

TEST(operands, a_destination_can_be_taken_for_a_name_or_a_directory) {
  const playground ground(world);
  const working_directory here(ground.source());
  const copy_setup as_name = {.request = {.target = target_kind::name}};
  const copy_setup as_directory = {.request = {.target = target_kind::directory}};
  EXPECT_THAT(copy_now({"a"}, "to", as_name).errors, IsEmpty());
  EXPECT_EQ(content_of("to/d/f"), "one");
  EXPECT_THAT(copy_now({"plain"}, "to", as_name).errors,
              ElementsAre(error{operation::other_over_directory, {}, "plain", "to"}));
  EXPECT_THAT(copy_now({"plain"}, "no", as_directory).errors,
              ElementsAre(error{operation::open_target_directory,
                                std::errc::no_such_file_or_directory, "", "no"}));
}

// `cp --force --backup f f`
TEST(operands, a_file_forced_onto_itself_with_a_backup_is_backed_up) {
  const playground ground(world);
  const working_directory here(ground.source());
  const options how = {.when_existing = existing::force, .keep_backup = backup::numbered};
  EXPECT_THAT(copy_now({"a/d/f"}, "a/d/f", {.how = how}).errors, IsEmpty());
  EXPECT_THAT(copy_now({"a/d/f"}, "a/d/f", {.how = how}).errors, IsEmpty());
  EXPECT_THAT(names_below("a/d"), ElementsAre("f", "f.~1~", "f.~2~", "g"));
  EXPECT_EQ(content_of("a/d/f.~2~"), "one");
}

}  // namespace
}  // namespace copytree
