// What a copy keeps, makes and overwrites.
#include "copytree/tree/copy.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::differences;
using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;
using support::tree_kind;
using testing::ElementsAre;
using testing::IsEmpty;

const support::tree sample = {
    dir("sub"),
    dir("sub/empty", 0555),
    file("sub/setuid", "x", 04755),
    file("sub/setgid", "x", 02755),
    file("sub/sticky", "x", 01600),
    file("read only", "content", 0400),
    file("empty"),
    file("new\nline\xff", "odd"),
    symlink("link", "sub/empty"),
    symlink("dangling", "nowhere"),
    hard_link("other", "sub/setuid"),
    fifo("pipe", 0640),
    {.path = "socket", .kind = tree_kind::socket, .mode = 0711},
    dir("shared", 01777),
    dir("locked", 0500),
};

TEST(copy, keeps_everything) {
  const playground ground(sample);
  const copy_result result = copy_now({ground.source()}, ground.copy());
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
  EXPECT_EQ(result.what.files, 6u);
  EXPECT_EQ(result.what.directories, 5u);
  EXPECT_EQ(result.what.symlinks, 2u);
  EXPECT_EQ(result.what.hard_links, 1u);
  EXPECT_EQ(result.what.specials, 2u);
  EXPECT_EQ(result.what.bytes, 13u);
  EXPECT_EQ(result.what.errors, 0u);
  EXPECT_FALSE(result.what.interrupted);
}

TEST(copy, keeps_access_times) {
  const playground ground({dir("d"), file("d/f", "x"), symlink("l", "t")});
  const std::vector<std::string> names = {"d", "d/f", "l"};
  for (const std::string& name : names) {
    const std::array<timespec, 2> times = {timespec{1'234, 5'678}, timespec{9'876, 5'432}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (ground.source() + "/" + name).c_str(), times.data(),
                          AT_SYMLINK_NOFOLLOW),
              0);
  }
  copy_now({ground.source()}, ground.copy());
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const auto status = status_of(ground.copy() + "/" + name);
    EXPECT_EQ(status.st_atim.tv_sec, 1'234);
    EXPECT_EQ(status.st_atim.tv_nsec, 5'678);
    EXPECT_EQ(status.st_mtim.tv_nsec, 5'432);
  }
}

TEST(copy, keeps_owners) {
  if (!is_root()) GTEST_SKIP() << "only root can give files away";
  const playground ground({dir("d"), file("d/f", "x", 06755), symlink("l", "t"), fifo("p")});
  for (const char* name : {"/d", "/d/f", "/l", "/p"}) {
    ASSERT_EQ(::lchown((ground.source() + name).c_str(), 1'234, 4'321), 0);
  }
  ASSERT_EQ(::chmod((ground.source() + "/d/f").c_str(), 06755), 0);
  copy_now({ground.source()}, ground.copy());
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
  EXPECT_EQ(status_of(ground.copy() + "/d/f").st_uid, 1'234u);
  EXPECT_EQ(status_of(ground.copy() + "/d/f").st_mode & 07777, 06755u);
}

TEST(copy, keeps_device_nodes) {
  if (!is_root()) GTEST_SKIP() << "only root can make device nodes";
  const playground ground;
  if (::mknod((ground.source() + "/null").c_str(), S_IFCHR | 0620, makedev(1, 3)) != 0) {
    GTEST_SKIP() << "no device nodes in this container";
  }
  EXPECT_THAT(copy_now({ground.source()}, ground.copy()).errors, IsEmpty());
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
}

// The group of new files follows a setgid directory, not the process; the copy must not believe
// that it already has the right one.
TEST(copy, keeps_groups_below_a_setgid_directory) {
  if (!is_root()) GTEST_SKIP() << "only root can give files away";
  const playground ground({dir("d"), file("d/f", "x"), file("f", "x")});
  ASSERT_EQ(::mkdir(ground.path("to").c_str(), 0755), 0);
  ASSERT_EQ(::chown(ground.path("to").c_str(), 0, 4'321), 0);
  ASSERT_EQ(::chmod(ground.path("to").c_str(), 02755), 0);
  copy_now({ground.source()}, ground.path("to"));
  EXPECT_THAT(differences(ground.source(), ground.path("to/source")), IsEmpty());
}

TEST(copy, goes_into_an_existing_directory_under_its_own_name) {
  const playground ground({file("f", "x")});
  std::filesystem::create_directory(ground.copy());
  copy_now({ground.source()}, ground.copy());
  EXPECT_THAT(differences(ground.source(), ground.copy() + "/source"), IsEmpty());
}

TEST(copy, copies_single_files) {
  const playground ground({file("f", "content", 0640), symlink("l", "f"), fifo("p")});
  for (const std::string name : {"f", "l", "p"}) {
    SCOPED_TRACE(name);
    EXPECT_THAT(copy_now({ground.source() + "/" + name}, ground.path(name)).errors, IsEmpty());
    EXPECT_THAT(differences(ground.source() + "/" + name, ground.path(name)), IsEmpty());
  }
}

TEST(copy, merges_into_what_is_there) {
  const playground ground({dir("d", 0750), file("d/f", "new"), file("d/g", "new"),
                           symlink("d/l", "new"), fifo("d/p"), file("d/twin", "t"),
                           hard_link("d/twin2", "d/twin")});
  std::filesystem::create_directory(ground.copy());
  support::make_tree(
      ground.copy(),
      {dir("d", 0700), file("d/f", "old and longer", 0400), symlink("d/g", "../kept"),
       symlink("d/l", "old"), file("d/p", "old"), file("d/kept", "kept"), file("d/twin2", "old")});
  support::make_tree(ground.copy(), {file("kept", "kept")});
  const copy_result result = copy_now({ground.source() + "/d"}, ground.copy());
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(content_of(ground.copy() + "/kept"), "kept") << "wrote through a symbolic link";
  EXPECT_EQ(content_of(ground.copy() + "/d/kept"), "kept");
  EXPECT_THAT(differences(ground.source() + "/d", ground.copy() + "/d"),
              ElementsAre(testing::HasSubstr("./kept: only in")));
}

// Whoever has the old file open, or linked elsewhere, keeps the old content.
TEST(copy, replaces_files_instead_of_rewriting_them) {
  const playground ground({file("f", "new")});
  std::filesystem::create_directories(ground.copy() + "/source");
  support::make_tree(ground.copy(), {file("source/f", "old"), hard_link("twin", "source/f")});
  copy_now({ground.source()}, ground.copy());
  EXPECT_EQ(content_of(ground.copy() + "/source/f"), "new");
  EXPECT_EQ(content_of(ground.copy() + "/twin"), "old");
}

struct conflict_case {
  const char* name;
  support::tree source;
  support::tree there;
  operation refused;
};

const conflict_case conflicts[] = {
    {"directory over file",
     {dir("x"), file("x/below")},
     {file("x")},
     operation::directory_over_other},
    {"directory over link to a directory",
     {dir("x")},
     {dir("d"), symlink("x", "d")},
     operation::directory_over_other},
    {"file over directory", {file("x")}, {dir("x")}, operation::other_over_directory},
    {"link over directory", {symlink("x", "y")}, {dir("x")}, operation::other_over_directory},
    {"fifo over directory", {fifo("x")}, {dir("x")}, operation::other_over_directory},
};

TEST(copy, refuses_conflicts_of_types_and_goes_on) {
  for (const bool dry_run : {false, true}) {
    for (const conflict_case& c : conflicts) {
      SCOPED_TRACE(c.name);
      support::tree source = c.source;
      source.push_back(file("other", "x"));
      const playground ground(source);
      std::filesystem::create_directories(ground.copy() + "/source");
      support::make_tree(ground.copy() + "/source", c.there);
      const copy_result result =
          copy_now({ground.source()}, ground.copy(), {.how = {.dry_run = dry_run}});
      EXPECT_THAT(
          result.errors,
          ElementsAre(error{c.refused, {}, ground.source() + "/x", ground.copy() + "/source/x"}));
      EXPECT_EQ(result.what.errors, 1u);
      EXPECT_EQ(exists(ground.copy() + "/source/other"), !dry_run);
    }
  }
}

TEST(copy, refuses_to_overwrite_a_file_with_itself) {
  const playground ground({dir("d"), file("d/f", "content"), file("d/g", "x")});
  std::filesystem::create_directory(ground.copy());
  std::filesystem::create_directory(ground.copy() + "/d");
  std::filesystem::create_hard_link(ground.source() + "/d/f", ground.copy() + "/d/f");
  const copy_result result = copy_now({ground.source() + "/d"}, ground.copy());
  EXPECT_THAT(result.errors,
              ElementsAre(error{
                  operation::same_file, {}, ground.source() + "/d/f", ground.copy() + "/d/f"}));
  EXPECT_EQ(content_of(ground.source() + "/d/f"), "content");
  EXPECT_EQ(content_of(ground.copy() + "/d/g"), "x");
}

TEST(copy, makes_nothing_new_where_it_may_not_overwrite) {
  const playground ground({dir("d"), file("d/f", "new"), file("d/g", "new")});
  std::filesystem::create_directories(ground.copy());
  support::make_tree(ground.copy(), {dir("d"), file("d/f", "old")});
  const copy_result result =
      copy_now({ground.source() + "/d"}, ground.copy(), {.how = {.new_only = true}});
  EXPECT_THAT(result.errors,
              ElementsAre(error{
                  operation::already_exists, {}, ground.source() + "/d", ground.copy() + "/d"}));
  EXPECT_EQ(content_of(ground.copy() + "/d/f"), "old");
  EXPECT_FALSE(exists(ground.copy() + "/d/g"));
}

TEST(copy, never_opens_a_fifo_to_read_it) {
  const playground ground({fifo("p")});
  EXPECT_THAT(copy_now({ground.source() + "/p"}, ground.copy()).errors, IsEmpty());
  EXPECT_TRUE(S_ISFIFO(status_of(ground.copy()).st_mode));
}

TEST(copy, reads_files_that_do_not_tell_their_size) {
  if (!exists("/proc/self/status")) GTEST_SKIP() << "no /proc";
  const playground ground;
  EXPECT_THAT(copy_now({"/proc/version"}, ground.copy()).errors, IsEmpty());
  EXPECT_EQ(content_of(ground.copy()), content_of("/proc/version"));
}

TEST(copy, keeps_holes) {
  const playground ground({{.path = "sparse",
                            .kind = tree_kind::sparse_file,
                            .content = "in the middle",
                            .hole = std::uint64_t{1} << 40}});
  if (status_of(ground.source() + "/sparse").st_blocks > 1'000) GTEST_SKIP() << "no holes here";
  const copy_result result = copy_now({ground.source() + "/sparse"}, ground.copy());
  EXPECT_THAT(result.errors, IsEmpty());
  const auto made = status_of(ground.copy());
  EXPECT_EQ(made.st_size, status_of(ground.source() + "/sparse").st_size);
  EXPECT_LT(made.st_blocks, 1'000);
  const int opened = ::open(ground.copy().c_str(), O_RDONLY | O_CLOEXEC);
  std::string middle(13, '\0');
  EXPECT_EQ(::pread(opened, middle.data(), middle.size(), off_t{1} << 40), 13);
  ::close(opened);
  EXPECT_EQ(middle, "in the middle");
}

}  // namespace
}  // namespace copytree
