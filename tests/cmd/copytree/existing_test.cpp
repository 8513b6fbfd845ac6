// What becomes of that which stands at the destination.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "copytree/system/descriptor.h"
#include "support/spawn.h"

namespace copytree {
namespace {

using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;

// A source "new" is copied to "to", in a directory that also holds:
const support::tree world = {file("new", "new"), file("other", "other")};

enum class result {
  new_file,     // Another inode with the new content.
  overwritten,  // The same inode with it.
  followed,     // "other" has it, behind the link that stays.
  kept,
};

struct existing_case {
  const char* name;
  support::tree there;
  options how;
  result want;
  std::vector<operation> errors = {};
  std::vector<std::string> list = {"new -> to"};
  bool answer = false;
};

options with(existing way, existing once_allowed = existing::overwrite) {
  return {.when_existing = way, .once_allowed = once_allowed, .list_entries = true};
}

options backing_up(backup kind, existing way) {
  options how = with(way);
  how.keep_backup = kind;
  return how;
}

options updating(existing way) {
  options how = with(way);
  how.only = update::older;
  return how;
}

const support::tree_entry newer_file = {
    .path = "to", .content = "old", .time = {.tv_sec = 1'000'000'001, .tv_nsec = 0}};
const support::tree_entry older_file = {
    .path = "to", .content = "old", .time = {.tv_sec = 999'999'999, .tv_nsec = 0}};

const existing_case cases[] = {
    {"replaced", {file("to", "old")}, with(existing::replace), result::new_file},
    {"a link replaced", {symlink("to", "other")}, with(existing::replace), result::new_file},
    {"a dangling link replaced", {symlink("to", "no")}, with(existing::replace), result::new_file},
    {"overwritten", {file("to", "old and longer")}, with(existing::overwrite), result::overwritten},
    {"through a link", {symlink("to", "other")}, with(existing::overwrite), result::followed},
    {"not through a dangling link",
     {symlink("to", "no")},
     with(existing::overwrite),
     result::kept,
     {operation::through_dangling_link},
     {}},
    {"not in a circle",
     {symlink("to", "to")},
     with(existing::overwrite),
     result::kept,
     {operation::stat_destination},
     {}},
    {"a circle removed by force",
     {symlink("to", "to")},
     with(existing::force),
     result::new_file,
     {},
     {"new -> to", "removed to"}},
    {"removed",
     {file("to", "old")},
     with(existing::remove),
     result::new_file,
     {},
     {"new -> to", "removed to"}},
    {"a link removed",
     {symlink("to", "other")},
     with(existing::remove),
     result::new_file,
     {},
     {"new -> to", "removed to"}},
    {"one of several names makes room",
     {file("to", "old"), hard_link("twin", "to")},
     with(existing::overwrite),
     result::new_file,
     {},
     {"new -> to", "removed to"}},
    {"kept", {file("to", "old")}, with(existing::keep), result::kept, {}, {}},
    {"refused",
     {file("to", "old")},
     with(existing::refuse),
     result::kept,
     {operation::not_replacing},
     {}},
    {"denied", {file("to", "old")}, with(existing::ask), result::kept, {}, {}},
    {"allowed",
     {file("to", "old")},
     with(existing::ask),
     result::overwritten,
     {},
     {"new -> to"},
     true},
    {"allowed to be replaced",
     {file("to", "old")},
     with(existing::ask, existing::replace),
     result::new_file,
     {},
     {"new -> to"},
     true},
    {"newer there", {newer_file}, updating(existing::overwrite), result::kept, {}, {}},
    {"as old there", {file("to", "old")}, updating(existing::replace), result::kept, {}, {}},
    {"older there", {older_file}, updating(existing::overwrite), result::overwritten},
    {"simple backup",
     {file("to", "old")},
     backing_up(backup::simple, existing::overwrite),
     result::new_file,
     {},
     {"new -> to ~ to~"}},
    {"numbered backup of a link, replacing",
     {symlink("to", "other")},
     backing_up(backup::numbered, existing::replace),
     result::new_file,
     {},
     {"new -> to ~ to.~1~"}},
};

// The number of an inode that is not given to another, even when its last name goes.
class inode_in_use {
 public:
  explicit inode_in_use(const char* path)
      : file_(fs_, fs_.open({AT_FDCWD, path}, O_PATH).value()), number_(status_of(path).st_ino) {}
  [[nodiscard]] ino_t number() const { return number_; }

 private:
  file_system fs_;
  descriptor file_;
  ino_t number_;
};

void expect(result want, ino_t before) {
  const bool is_new = status_of("to").st_ino != before;
  EXPECT_EQ(content_of("other"), want == result::followed ? "new" : "other");
  EXPECT_EQ(is_new, want == result::new_file);
  if (want == result::kept || want == result::followed) return;
  EXPECT_EQ(content_of("to"), "new");
}

TEST(existing, is_treated_as_wanted) {
  for (const existing_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground(world);
    const working_directory here(ground.source());
    support::make_tree(".", c.there);
    const inode_in_use before("to");
    const copy_result made = copy_now({"new"}, "to", {.how = c.how, .answer = c.answer});
    EXPECT_EQ(operations(made.errors), c.errors);
    EXPECT_EQ(made.list, c.list);
    expect(c.want, before.number());
  }
}

// What a dry run says is what the real run then does.
TEST(existing, is_left_alone_by_a_dry_run_that_says_the_same) {
  for (const existing_case& c : cases) {
    if (c.how.when_existing == existing::ask) continue;
    SCOPED_TRACE(c.name);
    const playground ground(world);
    const working_directory here(ground.source());
    support::make_tree(".", c.there);
    const auto before = status_of("to");
    options how = c.how;
    how.dry_run = true;
    const copy_result made = copy_now({"new"}, "to", {.how = how});
    EXPECT_EQ(operations(made.errors), c.errors);
    EXPECT_EQ(made.list.empty(), c.list.empty());
    EXPECT_EQ(status_of("to").st_ino, before.st_ino);
    EXPECT_EQ(content_of("other"), "other");
    EXPECT_FALSE(exists("to~") || exists("to.~1~"));
  }
}

TEST(existing, keeps_its_links_and_mode_when_overwritten) {
  const playground ground({file("new", "n", 0644), file("to", "old", 0600), hard_link("l", "to")});
  const working_directory here(ground.source());
  options how = with(existing::overwrite);
  how.preserve = {.mode = false, .owner = false, .times = false, .links = false, .xattrs = false};
  EXPECT_THAT(copy_now({"new"}, "to", {.how = how}).errors, IsEmpty());
  EXPECT_EQ(content_of("l"), "n");
  EXPECT_EQ(status_of("to").st_mode & 07777, 0600u);
}

TEST(existing, is_asked_about_with_its_mode_where_it_cannot_be_written) {
  const playground ground({file("new"), file("to", "old", 0400), file("b", "old", 0600)});
  const working_directory here(ground.source());
  const copy_result made = copy_now({"new"}, "to", {.how = with(existing::ask)});
  ASSERT_EQ(made.questions.size(), 1u);
  EXPECT_EQ(made.questions[0].destination, "to");
  EXPECT_FALSE(made.questions[0].removes);
  EXPECT_EQ(made.questions[0].unwritable.has_value(), !is_root());
  const copy_result other = copy_now({"new"}, "b", {.how = with(existing::ask, existing::force)});
  ASSERT_EQ(other.questions.size(), 1u);
  EXPECT_TRUE(other.questions[0].removes);
  EXPECT_FALSE(other.questions[0].unwritable);
}

// A FIFO is not opened, which would wait for a reader, but makes room.
TEST(existing, makes_room_for_what_is_no_file) {
  const playground ground({fifo("pipe"), symlink("link", "x"), file("to", "old"), fifo("fifo")});
  const working_directory here(ground.source());
  EXPECT_THAT(copy_now({"pipe"}, "to", {.how = with(existing::overwrite)}).list,
              ElementsAre("pipe -> to", "removed to"));
  EXPECT_TRUE(S_ISFIFO(status_of("to").st_mode));
  EXPECT_THAT(copy_now({"link"}, "fifo", {.how = with(existing::overwrite)}).list,
              ElementsAre("link -> fifo", "removed fifo"));
  EXPECT_TRUE(S_ISLNK(status_of("fifo").st_mode));
}

TEST(existing, devices_take_the_content) {
  const playground ground({file("new", "content")});
  const std::string null = ground.path("null");
  if (::mknod(null.c_str(), S_IFCHR | 0600, makedev(1, 3)) != 0 ||
      ::access(null.c_str(), W_OK) != 0)
    GTEST_SKIP() << "no device can be made here";
  const ino_t before = status_of(null).st_ino;
  options how = with(existing::overwrite);
  how.preserve = {.mode = false, .owner = false, .times = false, .links = false, .xattrs = false};
  EXPECT_THAT(copy_now({ground.source() + "/new"}, null, {.how = how}).errors, IsEmpty());
  EXPECT_EQ(status_of(null).st_ino, before);
}

// Whoever names a device, or a link to one, wants neither replaced.
TEST(existing, devices_named_as_destination_are_written_into_and_keep_what_they_are) {
  const playground ground({file("new", "content", 0640), symlink("link", "null")});
  const std::string null = ground.path("source/null");
  if (::mknod(null.c_str(), S_IFCHR | 0600, makedev(1, 3)) != 0 ||
      ::access(null.c_str(), W_OK) != 0)
    GTEST_SKIP() << "no device can be made here";
  const working_directory here(ground.source());
  const file_status before = status_of("null");
  for (const char* destination : {"null", "link"}) {
    const copy_result made = copy_now({"new"}, destination, {.how = with(existing::replace)});
    EXPECT_THAT(made.errors, IsEmpty());
    EXPECT_EQ(made.what.bytes, 7u);
  }
  const file_status after = status_of("null");
  EXPECT_EQ(after.st_ino, before.st_ino);
  EXPECT_EQ(after.st_mode, before.st_mode);
  EXPECT_TRUE(S_ISLNK(status_of("link").st_mode));
  options atomic = with(existing::replace);
  atomic.atomic = true;
  EXPECT_EQ(operations(copy_now({"new"}, "null", {.how = atomic}).errors),
            std::vector{operation::not_replacing});
  EXPECT_EQ(status_of("null").st_ino, before.st_ino);
}

TEST(existing, a_link_to_an_open_file_is_written_through) {
  const playground ground({file("new", "content", 0640), file("open", "old", 0600)});
  const working_directory here(ground.source());
  const support::unique_fd open(::open("open", O_WRONLY | O_APPEND));
  std::filesystem::create_symlink("/proc/self/fd/" + std::to_string(open.get()), "out");
  EXPECT_THAT(copy_now({"new"}, "out", {.how = with(existing::replace)}).errors, IsEmpty());
  EXPECT_EQ(content_of("open"), "content");
  EXPECT_EQ(status_of("open").st_mode & 07777, 0600u);
  EXPECT_TRUE(S_ISLNK(status_of("out").st_mode));
}

TEST(existing, a_fifo_named_as_destination_passes_the_content_on) {
  const playground ground({file("new", "content"), fifo("pipe")});
  const working_directory here(ground.source());
  const support::unique_fd reading(::open("pipe", O_RDONLY | O_NONBLOCK));
  EXPECT_THAT(copy_now({"new"}, "pipe", {.how = with(existing::replace)}).errors, IsEmpty());
  char read[16];
  ASSERT_EQ(::read(reading.get(), read, sizeof read), 7);
  EXPECT_EQ(std::string_view(read, 7), "content");
  EXPECT_TRUE(S_ISFIFO(status_of("pipe").st_mode));
}

TEST(existing, directories_behind_links_are_entered_only_if_wanted) {
  for (const bool wanted : {false, true}) {
    const playground ground({dir("a"), dir("a/d"), file("a/d/f", "new"), dir("to"), dir("real"),
                             symlink("to/d", "../real")});
    const working_directory here(ground.source());
    const copy_result made =
        copy_now({"a/d"}, "to", {.how = {.follow_destination_directories = wanted}});
    EXPECT_EQ(operations(made.errors),
              wanted ? std::vector<operation>{} : std::vector{operation::directory_over_other});
    EXPECT_EQ(exists("real/f"), wanted);
    EXPECT_TRUE(S_ISLNK(status_of("to/d").st_mode));
  }
}

TEST(existing, links_between_names_are_made_anew_or_left) {
  for (const existing way : {existing::replace, existing::overwrite}) {
    const playground ground({dir("a"), file("a/f", "new"), hard_link("a/g", "a/f"), dir("to")});
    const working_directory here(ground.source());
    support::make_tree("to", {dir("a"), file("a/f", "old"), file("a/g", "old")});
    for (const update which : {update::all, update::older, update::all}) {
      options how = with(way);
      how.only = which;
      EXPECT_THAT(copy_now({"a"}, "to", {.how = how}).errors, IsEmpty());
      EXPECT_EQ(status_of("to/a/f").st_ino, status_of("to/a/g").st_ino);
      EXPECT_EQ(content_of("to/a/g"), "new");
      EXPECT_THAT(names_below("to"), ElementsAre("a", "a/f", "a/g"));
    }
  }
}

TEST(existing, a_backup_never_destroys_the_source) {
  const playground ground({file("f", "old"), file("f~", "source")});
  const working_directory here(ground.source());
  const copy_result made =
      copy_now({"f~"}, "f", {.how = backing_up(backup::simple, existing::overwrite)});
  EXPECT_THAT(made.errors, ElementsAre(error{operation::source_is_backup, {}, "f~", "f"}));
  EXPECT_EQ(content_of("f~"), "source");
  EXPECT_EQ(content_of("f"), "old");
}

}  // namespace
}  // namespace copytree
