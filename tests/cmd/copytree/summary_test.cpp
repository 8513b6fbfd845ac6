#include "copytree/shell/summary.h"

#include <gtest/gtest.h>

#include "copytree/shell/wording.h"

namespace copytree {
namespace {

using std::chrono::milliseconds;

TEST(summary, says_how_much_and_how_fast) {
  const report what = {.files = 1'234, .directories = 56, .bytes = 3'221'225'472};
  EXPECT_EQ(summary({.what = what, .time = milliseconds(3'000)}),
            "copied 1,234 files, 56 directories, 3.0 GiB in 0:00:03 (1.0 GiB/s)");
}

TEST(summary, names_other_kinds_where_there_are_any) {
  const report what = {.files = 1, .directories = 1, .symlinks = 1, .hard_links = 2, .specials = 3};
  EXPECT_EQ(summary({.what = what, .time = milliseconds(1'500), .dry_run = true}),
            "would copy 1 file, 1 directory, 1 symbolic link, 2 hard links, 3 special files, 0 B");
}

TEST(summary, tells_what_was_passed_over_and_what_verified) {
  const report what = {.files = 2, .directories = 1, .unchanged = 1'000, .verified = 2};
  EXPECT_EQ(summary({.what = what, .time = milliseconds(1'500), .dry_run = true}),
            "would copy 2 files, 1 directory, 1,000 unchanged, 2 verified, 0 B");
}

TEST(summary, says_that_it_is_not_all) {
  const report what = {.interrupted = true};
  EXPECT_EQ(summary({.what = what, .time = {}}),
            "interrupted: copied 0 files, 0 directories, 0 B in 0:00:00 (0 B/s)");
}

TEST(summary, tells_what_was_removed) {
  const report what = {.files = 1, .directories = 1, .removed = 1'234};
  EXPECT_EQ(summary({.what = what, .time = milliseconds(1'500), .dry_run = true}),
            "would copy 1 file, 1 directory, 0 B, would remove 1,234 entries");
  EXPECT_EQ(summary({.what = what, .time = milliseconds(1'500)}),
            "copied 1 file, 1 directory, 0 B in 0:00:01 (0 B/s), removed 1,234 entries");
}

TEST(json_summary, is_one_object_on_one_line) {
  const report what = {.files = 1,
                       .directories = 2,
                       .symlinks = 3,
                       .hard_links = 4,
                       .specials = 5,
                       .unchanged = 8,
                       .verified = 9,
                       .bytes = 6,
                       .removed = 8,
                       .errors = 7,
                       .interrupted = true};
  EXPECT_EQ(json_summary({.what = what, .time = milliseconds(1'500)}),
            "{\"files\":1,\"directories\":2,\"symlinks\":3,\"hard_links\":4,\"specials\":5,"
            "\"bytes\":6,\"errors\":7,\"unchanged\":8,\"verified\":9,\"removed\":8,"
            "\"seconds\":1.500,\"interrupted\":true,\"dry_run\":false}\n");
}

TEST(describe, quotes_names_and_gives_the_reason) {
  EXPECT_EQ(describe({operation::open_source, std::errc::permission_denied, "a\nb", "c"}),
            "cannot open 'a\\nb' for reading: Permission denied");
  EXPECT_EQ(describe({operation::into_itself, {}, "{a}", "a/a"}),
            "cannot copy a directory, '{a}', into itself, 'a/a'");
}

TEST(describe, has_words_for_everything) {
  for (int i = 0; i <= static_cast<int>(operation::backup_of_root); ++i) {
    EXPECT_NE(
        describe({static_cast<operation>(i), {}, "source", "destination"}).find("source") &
            describe({static_cast<operation>(i), {}, "source", "destination"}).find("destination"),
        std::string::npos);
  }
}

}  // namespace
}  // namespace copytree
