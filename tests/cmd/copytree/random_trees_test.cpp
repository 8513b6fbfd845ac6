// Random trees, copied on every kind of executor.
#include <gmock/gmock.h>

#include <cstdint>
#include <set>
#include <string>

#include "cmd/copytree/copying.h"
#include "support/random_tree.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using testing::IsEmpty;

std::set<std::string> kinds_seen(const report& what) {
  std::set<std::string> seen;
  if (what.files > 0) seen.insert("files");
  if (what.directories > 1) seen.insert("directories");
  if (what.symlinks > 0) seen.insert("symlinks");
  if (what.hard_links > 0) seen.insert("hard links");
  if (what.specials > 0) seen.insert("specials");
  return seen;
}

TEST(copy_of_random_trees, is_the_same_on_every_executor) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    const playground ground(support::random_tree(seed, 150));
    for (const executor_kind& kind : backends()) {
      SCOPED_TRACE("seed " + std::to_string(seed) + " " + kind.name + " " +
                   std::to_string(kind.threads));
      const std::string copy = ground.path(kind.name + std::to_string(kind.threads));
      const copy_result result = copy_now({ground.source()}, copy, {.executor = kind});
      EXPECT_THAT(result.errors, IsEmpty());
      EXPECT_THAT(support::differences(ground.source(), copy), IsEmpty());
      EXPECT_EQ(kinds_seen(result.what).size(), 5u) << "the tree is too simple";
    }
  }
}

TEST(copy_of_random_trees, once_more_over_the_copy_changes_nothing) {
  for (std::uint32_t seed = 100; seed < 105; ++seed) {
    SCOPED_TRACE(seed);
    const playground ground(support::random_tree(seed, 150));
    std::filesystem::create_directory(ground.copy());
    if (!is_root()) continue;  // An ordinary user cannot write into the copies of 0555 directories.
    EXPECT_THAT(copy_now({ground.source()}, ground.copy()).errors, IsEmpty());
    EXPECT_THAT(copy_now({ground.source()}, ground.copy()).errors, IsEmpty());
    EXPECT_THAT(support::differences(ground.source(), ground.copy() + "/source"), IsEmpty());
  }
}

TEST(copy_of_random_trees, lists_in_a_dry_run_what_it_then_copies) {
  for (std::uint32_t seed = 200; seed < 205; ++seed) {
    SCOPED_TRACE(seed);
    const playground ground(support::random_tree(seed, 150));
    const copy_result dry = copy_now({ground.source()}, ground.copy(),
                                     {.how = {.dry_run = true, .list_entries = true}});
    EXPECT_FALSE(exists(ground.copy()));
    const copy_result real =
        copy_now({ground.source()}, ground.copy(), {.how = {.list_entries = true}});
    EXPECT_EQ(dry.list, real.list);
    EXPECT_EQ(dry.list.size(), names_below(ground.source()).size() + 1);
    EXPECT_EQ(dry.what.files, real.what.files);
    EXPECT_EQ(dry.what.directories, real.what.directories);
    EXPECT_EQ(dry.what.hard_links, real.what.hard_links);
    EXPECT_EQ(dry.what.bytes, real.what.bytes);

    // And over what is there by now.
    const copy_result over = copy_now({ground.source() + "/."}, ground.copy(),
                                      {.how = {.dry_run = true, .list_entries = true}});
    EXPECT_THAT(over.errors, IsEmpty());
    EXPECT_EQ(over.list.size() + over.what.directories, real.list.size());
  }
}

}  // namespace
}  // namespace copytree
