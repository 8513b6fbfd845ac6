// A copy that makes the destination a mirror of the source.
#include "copytree/mirror/mirror.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "cmd/copytree/mirroring.h"
#include "cmd/copytree/selecting.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::differences;
using support::dir;
using support::fifo;
using support::file;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;

using names = std::vector<std::string>;

TEST(mirror, removes_what_the_source_does_not_have) {
  const playground ground({dir("d"), file("d/f"), file("f"), dir("e")});
  put(ground, {file("g"), dir("d"), file("d/g"), symlink("d/l", "f"), dir("x"), dir("x/y"),
               file("x/y/z"), fifo("p"), file("odd\n\xff"), dir("e"), dir("e/empty")});
  for (const bool dry : {true, false}) {
    options how = mirroring;
    how.dry_run = dry;
    const copy_result result = mirror_now(ground, {.how = how});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.what.removed, 9u);
    EXPECT_EQ(std::count_if(result.list.begin(), result.list.end(),
                            [](const std::string& line) { return line.starts_with("removed "); }),
              9);
    EXPECT_THAT(result.list, testing::Contains("removed " + ground.copy() + "/./x/y/z"));
  }
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
}

TEST(mirror, is_not_made_unless_asked_for) {
  const playground ground({file("f")});
  put(ground, {file("g")});
  mirror_now(ground, {});
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("f", "g"));
}

// What stands beside the operands in the destination belongs to others.
TEST(mirror, removes_nothing_beside_the_operands) {
  const playground ground({dir("d"), file("d/f"), dir("e"), file("f")});
  put(ground, {file("other"), dir("d"), file("d/g"), dir("z"), file("z/g")});
  const copy_result result =
      copy_now({ground.source() + "/d", ground.source() + "/e", ground.source() + "/f"},
               ground.copy(), {.how = mirroring});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("d", "d/f", "e", "f", "other", "z", "z/g"));
}

TEST(mirror, keeps_what_the_patterns_leave_out) {
  const playground ground({dir("d"), file("f"), file("new.log"), dir("tmp"), file("tmp/f")});
  put(ground, {file("a.log"), dir("d"), file("d/b.log"), dir("gone"), dir("gone/deep"),
               file("gone/deep/c.log"), file("gone/deep/f"), dir("gone/empty"), dir("tmp"),
               file("tmp/g"), file("g")});
  for (const bool dry : {true, false}) {
    options how = selecting("*.log\n/tmp/", mirroring);
    how.dry_run = dry;
    const copy_result result = mirror_now(ground, {.how = how});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.what.removed, 3u);
  }
  EXPECT_THAT(names_below(ground.copy()),
              ElementsAre("a.log", "d", "d/b.log", "f", "gone", "gone/deep", "gone/deep/c.log",
                          "tmp", "tmp/g"));
}

TEST(mirror, keeps_what_the_gitignore_files_of_the_source_leave_out) {
  const playground ground({file(".gitignore", "*.o"), dir("d"), file("d/.gitignore", "!a.o")});
  put(ground,
      {file("a.o"), dir("d"), file("d/a.o"), file("d/b.o"), dir("x"), file("x/c.o"), file("x/c")});
  options how = mirroring;
  how.gitignore = true;
  EXPECT_THAT(mirror_now(ground, {.how = how}).errors, IsEmpty());
  EXPECT_THAT(names_below(ground.copy()),
              ElementsAre(".gitignore", "a.o", "d", "d/.gitignore", "d/b.o", "x", "x/c.o"));
}

TEST(mirror, keeps_backups_if_some_are_made) {
  const playground ground({file("f")});
  put(ground, {file("f.~1~"), file("g~"), file("g"), file("h.~x~1")});
  options how = mirroring;
  how.keep_backup = backup::existing;
  mirror_now(ground, {.how = how});
  EXPECT_THAT(names_below(ground.copy()), testing::IsSupersetOf({"f", "f.~1~", "g~"}));
  EXPECT_FALSE(exists(ground.copy() + "/g"));
  EXPECT_FALSE(exists(ground.copy() + "/h.~x~1"));
}

TEST(mirror, does_not_follow_links) {
  const playground ground({file("f")});
  support::make_tree(ground.path(""), {dir("safe"), file("safe/f")});
  put(ground, {symlink("l", "../safe"), dir("x"), symlink("x/l", "../../safe")});
  EXPECT_THAT(mirror_now(ground).errors, IsEmpty());
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("f"));
  EXPECT_TRUE(exists(ground.path("safe/f")));
}

// Whatever went wrong: a file that could not be copied may be one that was only moved, and what is
// to be removed its last copy.
TEST(mirror, removes_nothing_after_an_error) {
  const playground ground({file("f"), dir("d"), file("d/f")});
  put(ground, {file("g"), dir("d"), file("d/g")});
  for (const call failing : {call::open, call::read_entries, call::set_times}) {
    SCOPED_TRACE(static_cast<int>(failing));
    bool done = false;
    faulty_fs fs([&](call what, const char* name) {
      const bool fits = what == failing && (what != call::open || name == std::string("f"));
      if (done || !fits) return std::errc{};
      done = true;
      return std::errc::io_error;
    });
    const copy_result result =
        mirror_now(ground, {.fs = &fs, .executor = {"serial", 1}, .how = mirroring});
    EXPECT_EQ(result.what.errors, 1u);
    EXPECT_THAT(result.notes,
                ElementsAre(error{operation::removal_refused, {}, "", ground.copy()}));
    EXPECT_EQ(result.what.removed, 0u);
    EXPECT_TRUE(exists(ground.copy() + "/g"));
    EXPECT_TRUE(exists(ground.copy() + "/d/g"));
  }
}

TEST(mirror, removes_nothing_if_an_operand_is_missing) {
  const playground ground({dir("d"), file("d/f")});
  put(ground, {dir("d"), file("d/g")});
  const copy_result result = copy_now({ground.source() + "/d", ground.source() + "/no"},
                                      ground.copy(), {.how = mirroring});
  EXPECT_EQ(result.what.errors, 1u);
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("d", "d/f", "d/g"));
}

struct walk_fault {
  const char* name;
  call what;
  const char* on;
  bool in_source;  // Then nothing more is removed.
  operation reported;
};

const walk_fault walk_faults[] = {
    {"source cannot be looked at", call::status_at, "g1", true, operation::stat_source},
    {"copy cannot be entered", call::open_on_mount, "d", false,
     operation::open_destination_directory},
    {"tree cannot be entered", call::open_on_mount, "x", false, operation::remove_destination},
    {"file cannot be removed", call::remove, "g1", false, operation::remove_destination},
    {"file in a tree cannot be removed", call::remove, "y", false, operation::remove_destination},
    {"directory cannot be removed", call::remove_directory, "x", false,
     operation::remove_destination},
};

TEST(mirror, reports_what_it_cannot_remove_and_removes_the_rest) {
  for (const walk_fault& c : walk_faults) {
    SCOPED_TRACE(c.name);
    const playground ground({dir("d"), file("d/f")});
    put(ground, {dir("d"), file("d/g"), file("g1"), dir("x"), file("x/y"), file("x/z")});
    faulty_fs fs([&](call what, const char* name) {
      const bool fits = what == c.what && name != nullptr && name == std::string(c.on);
      return fits ? std::errc::io_error : std::errc{};
    });
    const copy_result result =
        mirror_now(ground, {.fs = &fs, .executor = {"serial", 1}, .how = mirroring});
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.errors[0].what, c.reported);
    EXPECT_EQ(result.errors[0].reason, std::errc::io_error);
    EXPECT_EQ(exists(ground.copy() + "/g1"), c.on == std::string("g1"));
    if (c.in_source) continue;
    EXPECT_EQ(exists(ground.copy() + "/d/g"), c.on == std::string("d"));
    EXPECT_EQ(exists(ground.copy() + "/x"), c.on == std::string("x") || c.on == std::string("y"));
    EXPECT_EQ(exists(ground.copy() + "/x/z"), c.what == call::open_on_mount && *c.on == 'x');
  }
}

TEST(mirror, gives_directories_their_times_back) {
  const playground ground({dir("d"), file("d/f")});
  put(ground, {dir("d"), file("d/g"), dir("d/x")});
  mirror_now(ground);
  const auto wanted = status_of(ground.source() + "/d");
  const auto got = status_of(ground.copy() + "/d");
  EXPECT_EQ(got.st_mtim.tv_sec, wanted.st_mtim.tv_sec);
  EXPECT_EQ(got.st_mtim.tv_nsec, wanted.st_mtim.tv_nsec);
}

TEST(mirror, reports_times_that_it_cannot_give_back) {
  const playground ground({dir("d"), file("d/f")});
  put(ground, {dir("d"), file("d/g")});
  bool removed = false;
  faulty_fs fs([&](call what, const char*) {
    removed = removed || what == call::remove;
    return removed && what == call::set_times ? std::errc::io_error : std::errc{};
  });
  const copy_result result =
      mirror_now(ground, {.fs = &fs, .executor = {"serial", 1}, .how = mirroring});
  EXPECT_THAT(result.errors, ElementsAre(error{operation::set_times, std::errc::io_error,
                                               ground.source() + "/./d", ground.copy() + "/./d"}));
}

TEST(mirror, gives_up_when_the_source_cannot_be_read_any_longer) {
  for (const call failing : {call::open, call::status_at}) {
    const playground ground({dir("d"), file("d/f")});
    put(ground, {dir("d"), file("d/g"), file("d/h")});
    int opened = 0;  // "d": source and copy, then once more the source.
    faulty_fs fs([&](call what, const char* name) {
      if (name == nullptr) return std::errc{};
      if (what == call::open && name == std::string("d")) ++opened;
      const bool fits = what == failing && (what == call::open ? name == std::string("d")
                                                               : *name == 'g' || *name == 'h');
      return fits && opened == 3 ? std::errc::io_error : std::errc{};
    });
    const copy_result result =
        mirror_now(ground, {.fs = &fs, .executor = {"serial", 1}, .how = mirroring});
    EXPECT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.what.removed, 0u);
    EXPECT_THAT(names_below(ground.copy()), ElementsAre("d", "d/f", "d/g", "d/h"));
  }
}

// The destination is the directory above the source.
TEST(mirror, does_not_remove_its_source) {
  const playground ground({file("f")});
  put(ground, {dir("deep"), file("deep/other"), file("g")});
  std::filesystem::rename(ground.source(), ground.copy() + "/deep/source");
  for (const bool dry : {true, false}) {
    options how = mirroring;
    how.dry_run = dry;
    const copy_result result =
        copy_now({ground.copy() + "/deep/source/."}, ground.copy(), {.how = how});
    EXPECT_THAT(result.errors,
                ElementsAre(error{operation::remove_source, {}, "", ground.copy() + "/./deep"}));
    EXPECT_EQ(result.what.removed, 1u);
  }
  EXPECT_THAT(names_below(ground.copy()),
              ElementsAre("deep", "deep/other", "deep/source", "deep/source/f", "f"));
}

// One operand is a file in what mirrors another.
TEST(mirror, does_not_remove_a_file_that_is_a_source) {
  const playground ground({dir("d"), file("d/f")});
  put(ground, {dir("d"), file("d/own", "x"), file("d/g")});
  const copy_result result = copy_now({ground.source() + "/d", ground.copy() + "/d/own"},
                                      ground.copy(), {.how = mirroring});
  EXPECT_THAT(result.errors,
              ElementsAre(error{operation::remove_source, {}, "", ground.copy() + "/d/own"}));
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("d", "d/f", "d/own", "own"));
}

TEST(mirror, of_several_contents_is_objected_to) {
  const playground ground({dir("d"), dir("e")});
  put(ground, {});
  file_system fs;
  const auto objection = [&](const std::vector<std::string>& sources) {
    std::vector<std::string> paths;
    for (const std::string& source : sources) paths.push_back(ground.source() + source);
    return objection_to_mirror(
        plan_copy(fs, {.sources = paths, .destination = ground.copy()}).value());
  };
  EXPECT_FALSE(objection({"/."}));
  EXPECT_FALSE(objection({"/d", "/e"}));
  ASSERT_TRUE(objection({"/d/.", "/e"}));
  EXPECT_EQ(objection({"/d", "/e/."})->source, ground.source() + "/e/.");
}

// Far below what can be kept open, and named.
TEST(mirror, removes_a_tree_of_any_depth) {
  constexpr int depth = 3'000;
  const playground ground({file("f")});
  put(ground, {dir("x")});
  int below = ::open((ground.copy() + "/x").c_str(), O_PATH | O_CLOEXEC);
  for (int i = 0; i < depth; ++i) {
    ASSERT_EQ(::mkdirat(below, "directory", 0755), 0);
    const int next = ::openat(below, "directory", O_PATH | O_CLOEXEC);
    ::close(below);
    below = next;
  }
  ::close(below);
  options how = mirroring;
  how.descriptors = 64;
  const copy_result result = mirror_now(ground, {.how = how});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.what.removed, depth + 1u);
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("f"));
}

// While a directory is emptied somebody moves it: what lies above it now is not touched.
TEST(mirror, leaves_alone_what_a_moved_directory_lies_in) {
  const playground ground({file("f")});
  put(ground, {dir("x"), dir("x/y"), dir("x/y/z"), file("x/y/z/f")});
  support::make_tree(ground.path(""), {dir("safe"), dir("safe/z"), file("safe/f")});
  faulty_fs fs([&](call what, const char* name) {
    if (what == call::remove && name == std::string("f")) {
      std::filesystem::rename(ground.copy() + "/x/y/z", ground.path("safe/moved"));
    }
    return std::errc{};
  });
  const copy_result result =
      mirror_now(ground, {.fs = &fs, .executor = {"serial", 1}, .how = mirroring});
  EXPECT_EQ(result.errors.size(), 1u);
  EXPECT_THAT(names_below(ground.path("safe")), ElementsAre("f", "moved", "z"));
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("f", "x", "x/y"));
}

TEST(mirror, is_not_made_after_an_interruption) {
  const playground ground({file("f")});
  put(ground, {file("g")});
  const std::atomic<bool> stop{true};
  EXPECT_EQ(mirror_now(ground, {.how = mirroring, .stop = &stop}).what.removed, 0u);
  EXPECT_TRUE(exists(ground.copy() + "/g"));
}

}  // namespace
}  // namespace copytree
