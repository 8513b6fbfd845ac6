// What a mirror does about things of another kind that are in its way.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <system_error>
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
using support::file;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;

const support::tree other_kinds = {
    dir("d"),          dir("d/was-file"),           file("d/was-file/f"),
    file("was-dir"),   symlink("was-dir-too", "d"), dir("was-link"),
    file("was-link/f")};
const support::tree other_kinds_before = {dir("d"),
                                          file("d/was-file"),
                                          dir("was-dir"),
                                          dir("was-dir/x"),
                                          file("was-dir/x/y"),
                                          dir("was-dir-too"),
                                          symlink("was-link", "/")};

TEST(mirror_kinds, removes_what_is_in_the_way_of_another_kind) {
  const playground ground(other_kinds);
  put(ground, other_kinds_before);
  std::vector<std::vector<std::string>> lists;
  for (const bool dry : {true, false}) {
    options how = mirroring;
    how.dry_run = dry;
    copy_result result = mirror_now(ground, {.how = how});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.what.removed, 6u);
    std::ranges::sort(result.list);
    lists.push_back(result.list);
  }
  EXPECT_EQ(lists[0], lists[1]);
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
}

// Which of a file's names comes first is chance: others wait for it, or are in its way.
TEST(mirror_kinds, links_and_counts_once_each_name_that_had_something_in_its_way) {
  support::tree twelve = {file("n0", "content")};
  support::tree before;
  for (int i = 1; i < 12; ++i) twelve.push_back(support::hard_link("n" + std::to_string(i), "n0"));
  for (int i = 0; i < 12; i += 2) before.push_back(dir("n" + std::to_string(i)));
  const playground ground(twelve);
  put(ground, before);
  for (const bool dry : {true, false}) {
    options how = mirroring;
    how.dry_run = dry;
    counters counts;
    counts.watched = true;
    EXPECT_THAT(mirror_now(ground, {.how = how, .counts = &counts}).errors, IsEmpty());
    EXPECT_EQ(counts.settled.entries(), 13u);  // With the root.
  }
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
}

TEST(mirror_kinds, leaves_what_is_in_the_way_if_it_must_not_be_removed) {
  const playground ground({file("a"), file("b", "new")});
  put(ground, {dir("a"), file("a/kept"), file("a/other"), file("b")});
  for (const bool dry : {true, false}) {
    options how = selecting("kept", mirroring);
    how.dry_run = dry;
    const copy_result result = mirror_now(ground, {.how = how});
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.errors[0].what, operation::other_over_directory);
  }
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("a", "a/kept", "b"));
}

TEST(mirror_kinds, leaves_what_is_in_the_way_after_an_error) {
  const playground ground(other_kinds);
  put(ground, other_kinds_before);
  faulty_fs fs([](call what, const char* name) {
    return what == call::open && name == std::string("was-dir") ? std::errc::io_error : std::errc();
  });
  const copy_result result = mirror_now(ground, {.fs = &fs, .how = mirroring});
  EXPECT_THAT(operations(result.errors),
              testing::UnorderedElementsAre(operation::open_source, operation::directory_over_other,
                                            operation::directory_over_other,
                                            operation::other_over_directory));
  EXPECT_THAT(names_below(ground.copy()), testing::IsSupersetOf({"was-dir/x/y", "d/was-file"}));
}

}  // namespace
}  // namespace copytree
