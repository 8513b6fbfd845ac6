// Which entries a copy leaves out.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <sched.h>
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "cmd/copytree/selecting.h"
#include "copytree/tree/source_count.h"
#include "support/random_tree.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using names = std::vector<std::string>;

struct selection_case {
  const char* name;
  support::tree source;
  std::string patterns;
  names copied;
};

const selection_case cases[] = {
    {"by name, at all levels",
     {dir("d"), file("d/a.o"), file("d/a.c"), file("b.o")},
     "*.o",
     {"d", "d/a.c"}},
    {"anchored", {file("a"), dir("d"), file("d/a")}, "/a", {"d", "d/a"}},
    {"by path", {dir("d"), file("d/a"), file("a")}, "d/a", {"a", "d"}},
    {"directories only",
     {dir("x"), file("x/f"), dir("d"), file("d/x"), symlink("y", "d")},
     "x/\ny/",
     {"d", "d/x", "y"}},
    {"what is below an excluded directory cannot come back",
     {dir("d"), file("d/keep"), file("keep")},
     "d\n!keep\n!d/keep",
     {"keep"}},
    {"but below one whose entries are excluded it can",
     {dir("d"), file("d/a"), file("d/keep"), dir("d/e"), file("d/e/keep")},
     "d/*\n!d/keep",
     {"d", "d/keep"}},
    {"everything but",
     {dir("d"), file("d/a.c"), file("d/b"), file("c.c")},
     "*\n!*/\n!*.c",
     {"c.c", "d", "d/a.c"}},
    {"special bytes", {file("\xff\n"), file("\xfe")}, "\xff*", {"\xfe"}},
    {"any depth in between",
     {dir("a"), dir("a/b"), dir("a/b/c"), file("a/b/c/x"), file("a/x"), file("x")},
     "a/**/x",
     {"a", "a/b", "a/b/c", "x"}},
};

TEST(copy_with_patterns, leaves_out_what_they_match) {
  for (const selection_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground(c.source);
    const copy_result result =
        copy_now({ground.source()}, ground.copy(), {.how = selecting(c.patterns)});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(names_below(ground.copy()), c.copied);
  }
}

// .gitignore files in the source: the copy has these as well.
const selection_case gitignore_cases[] = {
    {"below",
     {file(".gitignore", "*.o"), dir("d"), file("d/a.o"), file("d/a.c")},
     "",
     {".gitignore", "d", "d/a.c"}},
    {"not beside or above",
     {dir("d"), file("d/.gitignore", "x"), file("d/x"), dir("e"), file("e/x"), file("x")},
     "",
     {"d", "d/.gitignore", "e", "e/x", "x"}},
    {"anchored where the file is",
     {dir("d"), file("d/.gitignore", "/x\ne/y"), file("d/x"), dir("d/e"), file("d/e/x"),
      file("d/e/y"), file("x")},
     "",
     {"d", "d/.gitignore", "d/e", "d/e/x", "x"}},
    {"inner before outer",
     {file(".gitignore", "*.o"), dir("d"), file("d/.gitignore", "!a.o"), file("d/a.o"),
      file("d/b.o"), file("a.o")},
     "",
     {".gitignore", "d", "d/.gitignore", "d/a.o"}},
    {"itself", {file(".gitignore", ".*"), file("f")}, "", {"f"}},
    {"options before all",
     {file(".gitignore", "a\n!b"), file("a"), file("b")},
     "!a\nb",
     {".gitignore", "a"}},
    {"a directory of that name has no rules",
     {dir(".gitignore"), file(".gitignore/x"), file("f")},
     "",
     {".gitignore", ".gitignore/x", "f"}},
    {"empty", {file(".gitignore"), file("f")}, "", {".gitignore", "f"}},
};

TEST(copy_with_gitignore, leaves_out_what_the_files_say) {
  for (const selection_case& c : gitignore_cases) {
    SCOPED_TRACE(c.name);
    const playground ground(c.source);
    const copy_result result = copy_now({ground.source()}, ground.copy(),
                                        {.how = selecting(c.patterns, {.gitignore = true})});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(names_below(ground.copy()), c.copied);
  }
}

TEST(copy_with_gitignore, ignores_the_files_if_not_asked_to_read_them) {
  const playground ground({file(".gitignore", "*")});
  copy_now({ground.source()}, ground.copy());
  EXPECT_THAT(names_below(ground.copy()), ElementsAre(".gitignore"));
}

// What the user names is wanted, whatever the patterns say.
TEST(copy_with_patterns, copies_every_operand) {
  const playground ground({file("f"), dir("d"), file("d/f")});
  std::filesystem::create_directory(ground.copy());
  const copy_result result = copy_now({ground.source() + "/f", ground.source() + "/d"},
                                      ground.copy(), {.how = selecting("f\nd\nsource")});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("d", "f"));
}

TEST(copy_with_patterns, does_not_open_what_it_leaves_out) {
  const playground ground({dir("d"), file("d/f"), file("f")});
  faulty_fs fs([](call what, const char* name) {
    const bool is_left_out =
        name != nullptr && (name == std::string("d") || name == std::string("f"));
    return is_left_out && what == call::open ? std::errc::permission_denied : std::errc{};
  });
  EXPECT_THAT(
      copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = selecting("d\nf")}).errors,
      IsEmpty());
}

TEST(copy_with_gitignore, reports_a_file_it_cannot_read_and_copies_all) {
  const support::tree source = {dir("d"), file("d/.gitignore", "x"), file("d/x")};
  for (const call refused : {call::open, call::status, call::read}) {
    SCOPED_TRACE(static_cast<int>(refused));
    const playground ground(source);
    bool inside = false;  // In the rules of "d", the second to be looked for.
    int files = 0;
    faulty_fs fs([&](call what, const char* name) {
      if (what == call::open) inside = name == std::string(".gitignore") && ++files == 2;
      return inside && what == refused ? std::errc::io_error : std::errc{};
    });
    const copy_result result =
        copy_now({ground.source()}, ground.copy(),
                 {.fs = &fs, .executor = {"serial", 1}, .how = selecting("", {.gitignore = true})});
    EXPECT_THAT(result.errors, ElementsAre(error{operation::open_source, std::errc::io_error,
                                                 ground.source() + "/d/.gitignore",
                                                 ground.copy() + "/d/.gitignore"}));
    EXPECT_THAT(names_below(ground.copy()), ElementsAre("d", "d/.gitignore", "d/x"));
  }
}

// Somebody may have put it there to have another file read.
TEST(copy_with_gitignore, does_not_follow_a_link_to_rules) {
  const playground ground({file("rules", "*"), symlink(".gitignore", "rules")});
  const copy_result result =
      copy_now({ground.source()}, ground.copy(), {.how = {.gitignore = true}});
  EXPECT_EQ(result.errors.size(), 1u);
  EXPECT_THAT(names_below(ground.copy()), ElementsAre(".gitignore", "rules"));
}

support::tree with_rules(std::uint32_t seed) {
  support::tree tree = support::random_tree(seed, 200);
  std::vector<std::string> directories = {""};
  for (const support::tree_entry& entry : tree) {
    if (entry.kind == support::tree_kind::directory) directories.push_back(entry.path + "/");
  }
  for (std::size_t i = 0; i < directories.size(); i += 3) {
    const std::string digit = std::to_string((seed + i) % 10);
    tree.push_back(file(directories[i] + ".gitignore", "*" + digit + "\n!*" + digit + "?\n"));
  }
  return tree;
}

TEST(source_count, finds_what_a_copy_with_patterns_copies) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const playground ground(with_rules(seed));
    const options how = selecting("*3*\n!*31\n", {.gitignore = true});
    file_system fs;
    auto planned = plan_copy(fs, {.sources = {ground.source()}, .destination = ground.copy()});
    ASSERT_TRUE(planned);
    counters counts;
    {
      source_count counting(fs, how, *planned, counts);
      counting.start();
      while (counts.counting) ::sched_yield();
    }
    EXPECT_THAT(carry_out(std::move(*planned), {.how = how, .counts = &counts}).errors, IsEmpty());
    EXPECT_EQ(counts.found.entries(), counts.settled.entries());
    EXPECT_EQ(counts.found.bytes(), counts.settled.bytes());
    EXPECT_LT(counts.settled.entries(), names_below(ground.source()).size());
  }
}

TEST(copy_with_patterns, gives_the_same_tree_on_any_number_of_threads) {
  const playground ground(with_rules(3));
  const options how = selecting("*4*\n", {.gitignore = true});
  copy_now({ground.source()}, ground.copy(), {.executor = {"serial", 1}, .how = how});
  for (const executor_kind& kind : backends()) {
    SCOPED_TRACE(kind.name + std::to_string(kind.threads));
    const std::string other = ground.path(kind.name + std::to_string(kind.threads));
    copy_now({ground.source()}, other, {.executor = kind, .how = how});
    EXPECT_THAT(support::differences(ground.copy(), other), IsEmpty());
  }
}

// The top is the operand, not what its path leads through.
TEST(copy_with_patterns, anchors_them_at_the_operand_with_parents_too) {
  const playground ground({dir("a"), dir("a/b"), file("a/b/x"), dir("a/b/c"), file("a/b/c/x"),
                           file("a/b/c/.gitignore", "/y"), file("a/b/c/y")});
  std::filesystem::create_directory(ground.copy());
  file_system fs;
  auto planned = plan_copy(fs, {.sources = {ground.source() + "/a/b"},
                                .destination = ground.copy(),
                                .target = target_kind::directory,
                                .parents = true});
  ASSERT_TRUE(planned);
  const copy_result result =
      carry_out(std::move(*planned), {.how = selecting("/x\n/b", {.gitignore = true})});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(names_below(ground.copy() + ground.source() + "/a/b"),
              ElementsAre("c", "c/.gitignore", "c/x"));
}

}  // namespace
}  // namespace copytree
