// What a dry run lists is what the real one then does, and nothing changes before.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/selecting.h"
#include "support/random_tree.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::tree;
using support::tree_entry;
using support::tree_kind;
using testing::IsEmpty;

// Another state of a tree: some entries gone with all below them, some new. What stays keeps its
// type, as a file does not give way to a directory.
tree later_state(const tree& entries, std::uint32_t seed) {
  std::mt19937 random(seed);
  tree result;
  std::vector<std::string> gone;
  const auto is_gone = [&](const tree_entry& entry) {
    return std::ranges::any_of(gone, [&](const std::string& above) {
      return entry.path.starts_with(above + "/") ||
             (entry.kind == tree_kind::hard_link && entry.content == above);
    });
  };
  for (const tree_entry& entry : entries) {
    if (random() % 5 == 0 || is_gone(entry)) {
      gone.push_back(entry.path);
      continue;
    }
    result.push_back(entry);
    if (entry.kind != tree_kind::directory) continue;
    const std::string added = entry.path + "/added" + std::to_string(random() % 10);
    result.push_back(support::dir(added));
    result.push_back(support::file(added + "/file", "x"));
    result.push_back(support::symlink(added + "/link", "/"));
    result.push_back(support::dir(added + "/empty"));
  }
  return result;
}

tree with_rules(tree entries) {
  tree result = std::move(entries);
  const std::size_t count = result.size();
  for (std::size_t i = 0; i < count; i += 7) {
    if (result[i].kind != tree_kind::directory) continue;
    result.push_back(support::file(result[i].path + "/.gitignore", "*3\n!*23\nadded4/\n"));
  }
  return result;
}

std::vector<options> ways() {
  std::vector<options> all;
  for (const char* patterns : {"", "*2*\n!*12*", "*1/\nadded7\n/*4"}) {
    for (const bool gitignore : {false, true}) {
      for (const bool mirror : {false, true}) {
        all.push_back(selecting(patterns, {.gitignore = gitignore, .mirror = mirror}));
      }
    }
  }
  return all;
}

void expect_the_same(const copy_result& dry, const copy_result& real) {
  EXPECT_THAT(dry.errors, IsEmpty());
  EXPECT_THAT(real.errors, IsEmpty());
  EXPECT_EQ(dry.list, real.list);
  EXPECT_EQ(dry.what.files, real.what.files);
  EXPECT_EQ(dry.what.directories, real.what.directories);
  EXPECT_EQ(dry.what.hard_links, real.what.hard_links);
  EXPECT_EQ(dry.what.bytes, real.what.bytes);
  EXPECT_EQ(dry.what.removed, real.what.removed);
}

TEST(dry_run, lists_what_the_real_run_does) {
  if (!is_root()) GTEST_SKIP() << "only root can write into the copies of 0555 directories";
  std::uint64_t removed = 0;
  std::uint32_t seed = 0;
  for (options how : ways()) {
    ++seed;
    SCOPED_TRACE(seed);
    const tree before = support::random_tree(seed, 120);
    const playground ground(with_rules(later_state(before, seed)));
    std::filesystem::create_directory(ground.copy());
    support::make_tree(ground.copy(), before);
    const support::tree_facts untouched(ground.copy());
    how.dry_run = true;
    const executor_kind kind = {"threads", seed % 3 + 1};
    const copy_result dry =
        copy_now({ground.source() + "/."}, ground.copy(), {.executor = kind, .how = how});
    EXPECT_THAT(support::differences(support::tree_facts(ground.copy()), untouched), IsEmpty());
    how.dry_run = false;
    const copy_result real =
        copy_now({ground.source() + "/."}, ground.copy(), {.executor = kind, .how = how});
    expect_the_same(dry, real);
    removed += real.what.removed;
    if (how.mirror && how.patterns->empty() && !how.gitignore) {
      EXPECT_THAT(support::differences(ground.source(), ground.copy()), IsEmpty());
    }
    EXPECT_EQ(real.what.removed > 0, how.mirror);
  }
  EXPECT_GT(removed, 100u);
}

// In the other direction: all of the mirror is new.
TEST(dry_run, of_a_new_mirror_removes_nothing) {
  const playground ground(support::random_tree(77, 100));
  options how = {.mirror = true, .dry_run = true, .list_entries = true};
  const copy_result dry = copy_now({ground.source()}, ground.copy(), {.how = how});
  EXPECT_FALSE(exists(ground.copy()));
  how.dry_run = false;
  expect_the_same(dry, copy_now({ground.source()}, ground.copy(), {.how = how}));
  EXPECT_EQ(dry.what.removed, 0u);
}

}  // namespace
}  // namespace copytree
