// Symbolic links of the source that are followed.
#include "copytree/run/dereference.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "cmd/copytree/copying.h"
#include "copytree/system/descriptor.h"
#include "par/pools/thread.h"

namespace copytree {
namespace {

using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;

const support::tree world = {
    dir("t"),
    file("t/f", "f"),
    symlink("t/lf", "f"),
    symlink("t/ld", "../d"),
    dir("d"),
    file("d/g", "g"),
    symlink("l", "t"),
    symlink("t/gone", "no"),
    dir("circle"),
    symlink("circle/up", "../circle"),
    symlink("self", "self"),
};

bool is_link(const std::string& path) {
  return S_ISLNK(status_of(path).st_mode);
}

TEST(dereference, follows_nothing_operands_or_all) {
  for (const follow_links follow :
       {follow_links::never, follow_links::operands, follow_links::always}) {
    const playground ground(world);
    const working_directory here(ground.source());
    const copy_result made = copy_now({"l"}, "new", {.how = {.follow = follow}});
    EXPECT_EQ(is_link("new"), follow == follow_links::never);
    if (follow == follow_links::never) continue;
    const bool all = follow == follow_links::always;
    EXPECT_EQ(content_of("new/lf"), "f");
    EXPECT_EQ(is_link("new/lf"), !all);
    EXPECT_EQ(is_link("new/ld"), !all);
    EXPECT_EQ(made.errors.size(), all ? 1u : 0u);  // The dangling one.
    EXPECT_EQ(exists("new/gone"), !all);
    EXPECT_EQ(content_of("new/ld/g"), "g");
  }
}

struct refusal_case {
  const char* name;
  std::string source;
  operation what;
  std::errc reason;
  std::string named;
};

const refusal_case refusals[] = {
    {"dangling", "t/gone", operation::stat_source, std::errc::no_such_file_or_directory, "t/gone"},
    {"a link to itself", "self", operation::stat_source, std::errc::too_many_symbolic_link_levels,
     "self"},
    {"a directory in a circle", "circle", operation::cyclic_link, {}, "circle/up"},
};

TEST(dereference, reports_what_leads_nowhere_or_in_a_circle) {
  for (const refusal_case& c : refusals) {
    SCOPED_TRACE(c.name);
    const playground ground(world);
    const working_directory here(ground.source());
    const copy_result made = copy_now({c.source}, "new", {.how = {.follow = follow_links::always}});
    ASSERT_EQ(made.errors.size(), 1u);
    EXPECT_EQ(made.errors[0].what, c.what);
    EXPECT_EQ(made.errors[0].reason, c.reason);
    EXPECT_EQ(made.errors[0].source, c.named);
  }
}

// Two links to one directory are no circle.
TEST(dereference, copies_a_directory_as_often_as_links_lead_to_it) {
  const playground ground(
      {dir("t"), dir("d"), file("d/f", "x"), symlink("t/a", "../d"), symlink("t/b", "../d")});
  const working_directory here(ground.source());
  options how = {.follow = follow_links::always};
  how.preserve.links = false;
  EXPECT_THAT(copy_now({"t"}, "new", {.how = how}).errors, IsEmpty());
  EXPECT_THAT(names_below("new"), ElementsAre("a", "a/f", "b", "b/f"));
}

// Names of one file stay names of one file, also if they are links that were followed.
TEST(dereference, keeps_names_of_one_file_together_if_links_are_preserved) {
  for (const bool preserved : {false, true}) {
    for (const executor_kind& kind : backends()) {
      const playground ground({dir("t"), file("t/f", "x"), symlink("t/s", "f"),
                               hard_link("t/h", "t/f"), symlink("t/s2", "f")});
      const working_directory here(ground.source());
      options how = {.follow = follow_links::always};
      how.preserve.links = preserved;
      EXPECT_THAT(copy_now({"t"}, "new", {.executor = kind, .how = how}).errors, IsEmpty());
      for (const char* name : {"new/f", "new/s", "new/h", "new/s2"}) {
        EXPECT_EQ(status_of(name).st_nlink, preserved ? 4u : 1u);
      }
    }
  }
}

struct pair_case {
  const char* source;
  const char* destination;
  follow_links follow;
  existing way;
};

const pair_case pairs[] = {
    {"f", "f", follow_links::never, existing::replace},
    {"f", "f", follow_links::always, existing::overwrite},
    {"f", "l", follow_links::never, existing::replace},
    {"f", "l", follow_links::never, existing::overwrite},
    {"f", "l", follow_links::always, existing::overwrite},
    {"l", "f", follow_links::never, existing::replace},
    {"l", "f", follow_links::always, existing::replace},
    {"l", "f", follow_links::never, existing::overwrite},
    {"l", "f", follow_links::always, existing::overwrite},
    {"l", "f", follow_links::always, existing::remove},
    {"l", "l", follow_links::never, existing::replace},
    {"l", "l", follow_links::always, existing::replace},
    {"l", "l", follow_links::always, existing::overwrite},
    {"l", "l", follow_links::always, existing::remove},
    {"h", "f", follow_links::never, existing::replace},
    {"h", "f", follow_links::always, existing::overwrite},
};

TEST(dereference, nothing_is_copied_over_itself_whatever_leads_there) {
  for (const pair_case& c : pairs) {
    SCOPED_TRACE(std::string(c.source) + " " + c.destination);
    const playground ground({file("f", "x"), hard_link("h", "f"), symlink("l", "f")});
    const working_directory here(ground.source());
    const copy_result made =
        copy_now({c.source}, c.destination, {.how = {.follow = c.follow, .when_existing = c.way}});
    EXPECT_THAT(made.errors, ElementsAre(error{operation::same_file, {}, c.source, c.destination}));
    EXPECT_EQ(content_of("f"), "x");
    EXPECT_TRUE(is_link("l"));
  }
}

TEST(dereference, reads_fifos_if_their_content_is_wanted) {
  const playground ground({fifo("p")});
  const working_directory here(ground.source());
  par::thread writer("writer", [](const std::stop_token&) {
    file_system fs;
    const descriptor out(fs, fs.open({AT_FDCWD, "p"}, O_WRONLY).value());
    const std::string text = "through the pipe";
    EXPECT_EQ(fs.write(out.get(), std::as_bytes(std::span(text))), text.size());
  });
  const copy_result made = copy_now({"p"}, "new", {.how = {.special_contents = true}});
  EXPECT_THAT(made.errors, IsEmpty());
  EXPECT_EQ(content_of("new"), "through the pipe");
  EXPECT_TRUE(S_ISREG(status_of("new").st_mode));
}

}  // namespace
}  // namespace copytree
