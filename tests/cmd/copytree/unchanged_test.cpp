// Second runs over what has been copied already.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <functional>
#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::differences;
using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;
using testing::IsEmpty;

options resuming() {
  options how;
  how.only = update::same;
  return how;
}

const support::tree sample = {
    file("f", "content"), dir("d"),  file("d/g", "more"), hard_link("d/h", "f"),
    symlink("l", "f"),    fifo("p"), dir("d/e"),          file("d/e/x", "deep"),
};

copy_result copy_again(const playground& ground, const copy_setup& setup) {
  return copy_now({ground.source() + "/."}, ground.copy(), setup);
}

TEST(resumed_copy, copies_nothing_that_is_there) {
  for (const executor_kind& kind : executor_kinds()) {
    SCOPED_TRACE(kind.name);
    const playground ground(sample);
    copy_now({ground.source()}, ground.copy());
    faulty_fs fs([](call, const char*) { return std::errc{}; });
    const copy_result again = copy_again(ground, {.fs = &fs, .executor = kind, .how = resuming()});
    EXPECT_THAT(again.errors, IsEmpty());
    EXPECT_EQ(again.what.files + again.what.symlinks + again.what.hard_links + again.what.specials,
              0u);
    EXPECT_EQ(again.what.unchanged, 6u);
    EXPECT_EQ(fs.calls(call::read) + fs.calls(call::write) + fs.calls(call::rename), 0);
    EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
  }
}

TEST(resumed_copy, looks_at_an_unchanged_file_twice_and_never_opens_it) {
  support::tree tree;
  for (int i = 0; i < 100; ++i) tree.push_back(file("f" + std::to_string(i), "x"));
  const playground ground(tree);
  copy_now({ground.source()}, ground.copy());
  faulty_fs fs([](call, const char*) { return std::errc{}; });
  copy_again(ground, {.fs = &fs, .how = resuming()});
  EXPECT_LE(fs.calls(call::status_at), 205);
  EXPECT_LE(fs.calls(call::open), 10);
}

void set_time(const std::string& path, time_t seconds) {
  const timespec time = {.tv_sec = seconds, .tv_nsec = 123'456'789};
  const std::array<timespec, 2> times = {time, time};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times.data(), AT_SYMLINK_NOFOLLOW), 0);
}

struct change_case {
  const char* name;
  std::function<void(const std::string&)> change;  // Of the copy; gets its path.
  std::uint64_t made;                              // How many entries are copied again.
};

const change_case changes[] = {
    {"content of another size",
     [](const std::string& copy) { std::filesystem::resize_file(copy + "/d/g", 3); }, 1},
    {"other time", [](const std::string& copy) { set_time(copy + "/d/g", 5); }, 1},
    {"gone", [](const std::string& copy) { std::filesystem::remove(copy + "/d/g"); }, 1},
    {"other type",
     [](const std::string& copy) {
       std::filesystem::remove(copy + "/d/g");
       ASSERT_EQ(::mkfifo((copy + "/d/g").c_str(), 0600), 0);
     },
     1},
    {"other target",
     [](const std::string& copy) {
       std::filesystem::remove(copy + "/l");
       std::filesystem::create_symlink("d", copy + "/l");
       set_time(copy + "/l", 1'000'000'000);
     },
     1},
    {"mode of a fifo",
     [](const std::string& copy) { ASSERT_EQ(::chmod((copy + "/p").c_str(), 0600), 0); }, 1},
    // The mode alone is put right.
    {"mode", [](const std::string& copy) { ASSERT_EQ(::chmod((copy + "/d/g").c_str(), 0600), 0); },
     0},
    {"mode of a directory",
     [](const std::string& copy) { ASSERT_EQ(::chmod((copy + "/d").c_str(), 0700), 0); }, 0},
    {"a link become a file of its own",
     [](const std::string& copy) {
       std::filesystem::remove(copy + "/d/h");
       std::filesystem::copy_file(copy + "/f", copy + "/d/h");
       set_time(copy + "/d/h", 1'000'000'000);
     },
     1},
};

TEST(resumed_copy, copies_what_differs_and_that_only) {
  for (const change_case& c : changes) {
    SCOPED_TRACE(c.name);
    const playground ground(sample);
    copy_now({ground.source()}, ground.copy());
    c.change(ground.copy());
    const copy_result again = copy_again(ground, {.how = resuming()});
    EXPECT_THAT(again.errors, IsEmpty());
    EXPECT_EQ(again.what.files + again.what.symlinks + again.what.hard_links + again.what.specials,
              c.made);
    EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
  }
}

TEST(resumed_copy, puts_the_owner_right) {
  if (!is_root()) GTEST_SKIP() << "needs root to give files away";
  const playground ground({file("f", "x")});
  copy_now({ground.source()}, ground.copy());
  ASSERT_EQ(::chown((ground.copy() + "/f").c_str(), 12, 34), 0);
  const copy_result again = copy_again(ground, {.how = resuming()});
  EXPECT_EQ(again.what.files, 0u);
  EXPECT_EQ(status_of(ground.copy() + "/f").st_uid, status_of(ground.source() + "/f").st_uid);
  EXPECT_EQ(status_of(ground.copy() + "/f").st_gid, status_of(ground.source() + "/f").st_gid);
}

// Whoever swaps the file between the look at it and its opening gets no mode for his own.
TEST(resumed_copy, gives_no_mode_to_a_file_that_was_swapped) {
  const playground ground({file("f", "x", 0666)});
  copy_now({ground.source()}, ground.copy());
  ASSERT_EQ(::chmod((ground.copy() + "/f").c_str(), 0600), 0);
  support::make_tree(ground.path(""), {file("victim", "x", 0600)});
  faulty_fs fs([&, done = false](call what, const char* name) mutable {
    if (!done && what == call::open && name == std::string("f")) {
      std::filesystem::rename(ground.path("victim"), ground.copy() + "/f");
      std::filesystem::create_hard_link(ground.copy() + "/f", ground.path("victim"));
      done = true;
    }
    return std::errc{};
  });
  const copy_result again =
      copy_again(ground, {.fs = &fs, .executor = {"serial", 1}, .how = resuming()});
  EXPECT_THAT(again.errors, IsEmpty());
  EXPECT_EQ(status_of(ground.path("victim")).st_mode & 07777, 0600u);
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
}

// Nor does the copy get the attributes of a file that was swapped in on the other side.
TEST(resumed_copy, takes_no_attributes_from_a_file_that_was_swapped) {
  const playground ground({file("f", "x", 0666)});
  copy_now({ground.source()}, ground.copy());
  ASSERT_EQ(::chmod((ground.copy() + "/f").c_str(), 0600), 0);
  support::make_tree(ground.path(""), {file("other", "y", 0640)});
  faulty_fs fs([&, done = false](call what, const char* name) mutable {
    if (!done && what == call::open && name == std::string("f")) {
      std::filesystem::rename(ground.path("other"), ground.source() + "/f");
      done = true;
    }
    return std::errc{};
  });
  copy_again(ground, {.fs = &fs, .executor = {"serial", 1}, .how = resuming()});
  EXPECT_EQ(content_of(ground.copy() + "/f"), "y");
  EXPECT_EQ(status_of(ground.copy() + "/f").st_mode & 07777, 0640u);
}

TEST(resumed_copy, reports_an_attribute_that_cannot_be_put_right) {
  const playground ground({file("f", "x", 0640)});
  copy_now({ground.source()}, ground.copy());
  ASSERT_EQ(::chmod((ground.copy() + "/f").c_str(), 0600), 0);
  faulty_fs fs([done = false](call what, const char*) mutable {
    if (done || what != call::set_mode) return std::errc{};
    done = true;
    return std::errc::operation_not_permitted;
  });
  const copy_result again =
      copy_again(ground, {.fs = &fs, .executor = {"serial", 1}, .how = resuming()});
  ASSERT_EQ(again.errors.size(), 1u);
  EXPECT_EQ(again.errors[0].what, operation::set_mode);
}

TEST(resumed_copy, in_a_dry_run_lists_what_would_be_copied_only) {
  const playground ground(sample);
  copy_now({ground.source()}, ground.copy());
  std::filesystem::remove(ground.copy() + "/d/g");
  options how = resuming();
  how.dry_run = how.list_entries = true;
  const copy_result again = copy_again(ground, {.how = how});
  EXPECT_THAT(again.list,
              testing::ElementsAre(ground.source() + "/./d/g -> " + ground.copy() + "/./d/g"));
  EXPECT_FALSE(exists(ground.copy() + "/d/g"));
}

TEST(resumed_copy, counts_for_the_bar_what_it_passes_over) {
  const playground ground({file("f", "12345"), file("g", "678")});
  copy_now({ground.source()}, ground.copy());
  counters counts;
  copy_again(ground, {.how = resuming(), .counts = &counts});
  EXPECT_EQ(counts.settled.bytes(), 8u);
  EXPECT_EQ(counts.copied.bytes_moved, 0u);
  EXPECT_EQ(counts.settled.entries(), 3u);
}

}  // namespace
}  // namespace copytree
