// copytree's patterns, lists of sources and mirrors as its users run them, beside git.
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "support/run.h"
#include "support/temp_dir.h"
#include "support/tree.h"
#include "support/tree_compare.h"

namespace {

namespace fs = std::filesystem;
using support::dir;
using support::file;
using support::run;
using support::run_result;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string program = BIN_DIR "/copytree";

std::vector<std::string> sorted_lines(const std::string& text, char end = '\n') {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line, end);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::vector<std::string> names_below(const fs::path& path) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    names.push_back(entry.path().lexically_relative(path).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class copytree_selection_e2e : public testing::Test {
 protected:
  void make(const std::string& below, const support::tree& entries) {
    fs::create_directory(path(below));
    support::make_tree(path(below), entries);
  }

  void write(const std::string& name, const std::string& content) {
    std::ofstream(path(name), std::ios::binary) << content;
  }

  run_result copytree(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), program);
    return run(arguments, {.input = input, .directory = path(""), .environment = {"LC_ALL=C"}});
  }

  [[nodiscard]] std::string path(const std::string& below) const {
    return (temp_.path() / below).string();
  }

 private:
  support::temp_dir temp_;
};

TEST_F(copytree_selection_e2e, takes_patterns_in_the_order_of_the_command_line) {
  make("a", {file("x.o"), file("y.o"), file("z.c")});
  write("list", "# comment\n*.o\n");
  copytree({"--exclude-from", "list", "--include", "x.o", "a", "one"});
  EXPECT_THAT(names_below(path("one")), ElementsAre("x.o", "z.c"));
  copytree({"--include=x.o", "--exclude-from=list", "a", "two"});
  EXPECT_THAT(names_below(path("two")), ElementsAre("z.c"));
  copytree({"--exclude=*", "--exclude=!y.o", "a", "three"});
  EXPECT_THAT(names_below(path("three")), ElementsAre("y.o"));
  copytree({"--exclude-from=-", "a", "four"}, "*.c\n");
  EXPECT_THAT(names_below(path("four")), ElementsAre("x.o", "y.o"));
}

TEST_F(copytree_selection_e2e, begins_nothing_without_its_lists) {
  make("a", {file("f")});
  for (const std::string option : {"--exclude-from", "--files0-from"}) {
    const std::vector<std::string> arguments =
        option == "--files0-from" ? std::vector<std::string>{option, "no", "to"}
                                  : std::vector<std::string>{option, "no", "a", "to"};
    const run_result result = copytree(arguments);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err, "copytree: cannot open 'no' for reading: No such file or directory\n");
    EXPECT_FALSE(fs::exists(path("to")));
  }
  EXPECT_EQ(copytree({"--exclude-from", ".", "a", "to"}).err,
            "copytree: cannot open '.' for reading: Is a directory\n");
}

TEST_F(copytree_selection_e2e, takes_sources_from_a_list) {
  make("a", {file("f"), file("odd\n\xff"), dir("d"), file("d/f")});
  fs::create_directory(path("to"));
  const std::string list = std::string("a/d\0a/odd\n\xff\0", 12);
  EXPECT_EQ(copytree({"--files0-from", "-", "to"}, list).status, 0);
  EXPECT_THAT(names_below(path("to")), ElementsAre("d", "d/f", "odd\n\xff"));
  write("list", "a/f");  // Without a NUL at the end.
  EXPECT_EQ(copytree({"--files0-from=list", "to"}).status, 0);
  EXPECT_TRUE(fs::exists(path("to/f")));
}

TEST_F(copytree_selection_e2e, reports_what_is_wrong_in_a_list) {
  make("a", {file("f")});
  fs::create_directory(path("to"));
  const run_result result =
      copytree({"-q", "--files0-from=-", "to"}, std::string("\0a/f\0\0no\0", 9));
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err,
            "copytree: cannot stat 'no': No such file or directory\n"
            "copytree: '-:1': invalid zero-length file name\n"
            "copytree: '-:3': invalid zero-length file name\n"
            "copytree: 3 errors\n");
  EXPECT_TRUE(fs::exists(path("to/f")));

  const run_result extra = copytree({"--files0-from=-", "a", "to"});
  EXPECT_EQ(extra.status, 2);
  EXPECT_THAT(extra.err,
              HasSubstr("extra operand 'a': sources cannot be combined with --files0-from"));
}

TEST_F(copytree_selection_e2e, takes_100000_sources) {
  make("a", {});
  fs::create_directory(path("to"));
  std::string list;
  for (int i = 0; i < 100'000; ++i) list += "a/" + std::to_string(i) + '\0';
  write("a/99999", "x");
  const run_result result = copytree({"-q", "--files0-from=-", "to"}, list);
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, testing::EndsWith("copytree: 99,999 errors\n"));
  EXPECT_THAT(names_below(path("to")), ElementsAre("99999"));
}

TEST_F(copytree_selection_e2e, mirrors) {
  make("a", {dir("d"), file("d/f"), file("f")});
  make("to", {dir("d"), file("d/old"), dir("old"), file("old/x"), file("keep.log")});
  const run_result dry = copytree({"--dry-run", "--delete", "--exclude=*.log", "a/.", "to"});
  EXPECT_TRUE(fs::exists(path("to/old/x")));
  EXPECT_THAT(dry.err, HasSubstr(", would remove 3 entries\n"));
  const run_result real = copytree({"-v", "--delete", "--exclude=*.log", "a/.", "to"});
  EXPECT_EQ(real.status, 0) << real.err;
  EXPECT_EQ(sorted_lines(dry.out), sorted_lines(real.out));
  EXPECT_THAT(sorted_lines(real.out),
              ElementsAre("'a/./d/f' -> 'to/./d/f'", "'a/./f' -> 'to/./f'", "removed 'to/./d/old'",
                          "removed 'to/./old'", "removed 'to/./old/x'"));
  EXPECT_THAT(real.err, HasSubstr(", removed 3 entries\n"));
  EXPECT_THAT(names_below(path("to")), ElementsAre("d", "d/f", "f", "keep.log"));
  EXPECT_THAT(copytree({"-q", "--json", "--delete", "a/d", "to"}).out, HasSubstr("\"removed\":0,"));
}

TEST_F(copytree_selection_e2e, says_why_it_does_not_mirror) {
  make("a", {dir("d"), file("d/f"), file("f")});
  make("to", {file("old")});
  const run_result result = copytree({"-q", "--delete", "a/.", "gone", "to"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.err,
            "copytree: cannot stat 'gone': No such file or directory\n"
            "copytree: nothing is removed from 'to', as not everything could be copied\n"
            "copytree: 1 error\n");
  EXPECT_TRUE(fs::exists(path("to/old")));

  const run_result several = copytree({"--delete", "a/.", "a/d", "to"});
  EXPECT_EQ(several.status, 2);
  EXPECT_THAT(several.err, HasSubstr("cannot make 'to/.' a mirror of 'a/.' and of other sources"));
}

// A mount is not ours, be it of the same file system.
TEST_F(copytree_selection_e2e, does_not_mirror_beyond_a_mount_point) {
  make("a", {dir("both"), file("f")});
  make("to", {dir("both"), dir("gone"), dir("gone/mount")});
  make("other", {file("precious")});
  const run_result result =
      run({"unshare", "-m", "sh", "-c",
           "mount --bind other to/both && mount --bind other to/gone/mount || exit 77; "
           "exec \"$1\" -q --delete a/. to",
           "sh", program},
          {.directory = path(""), .environment = {"LC_ALL=C"}});
  if (result.status == 77 || result.err.starts_with("unshare")) {
    GTEST_SKIP() << "may not mount: " << result.err;
  }
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("cannot remove 'to/./gone/mount': Device or resource busy\n"));
  EXPECT_THAT(names_below(path("other")), ElementsAre("precious"));
}

// -- Beside git -------------------------------------------------------------------------------

bool has_git() {
  return run({"sh", "-c", "command -v git"}).status == 0;
}

std::string one_of(std::mt19937& random, const std::vector<std::string>& from) {
  return from[random() % from.size()];
}

// The versions of git do not agree on "x**/": that is left out.
std::string random_pattern(std::mt19937& random) {
  const std::vector<std::string> pieces = {
      "a",  "b",  "ab",          "*",     "?",     "[ab]",  "[!a]", "[^b]",    "\\a",
      "a*", "*b", "[[:alpha:]]", "[a-c]", "[]ab]", "[b-a]", "[a",   "[[:x:]]", ".a"};
  std::string pattern = random() % 4 == 0 ? "!" : "";
  if (random() % 5 == 0) pattern += "/";
  for (auto steps = random() % 3; steps > 0; --steps) {
    pattern += random() % 3 == 0 ? "**/" : one_of(random, pieces) + "/";
  }
  pattern += one_of(random, pieces);
  if (random() % 3 == 0) pattern += one_of(random, pieces);
  if (random() % 8 == 0) pattern += "/**";
  if (random() % 4 == 0) pattern += "/";
  if (random() % 10 == 0) pattern += one_of(random, {" ", "\\ ", "\r", "\t", "#"});
  return pattern.find("***") == std::string::npos ? pattern : "a";
}

std::string random_rules(std::mt19937& random) {
  std::string lines = random() % 6 == 0 ? "\xef\xbb\xbf" : "";
  for (auto count = random() % 5 + 1; count > 0; --count) {
    lines += (random() % 8 == 0 ? "# x\n\n" : "") + random_pattern(random) + "\n";
  }
  return lines;
}

support::tree tree_of_few_names(std::mt19937& random) {
  const std::vector<std::string> names = {"a", "b", "ab", "ba", ".a", "a b", "a ", "c"};
  support::tree tree;
  std::vector<std::string> directories = {""};
  for (std::size_t i = 0; i < directories.size() && i < 12; ++i) {
    const std::string above = directories[i];
    for (const std::string& name : names) {
      if (random() % 2 == 0) continue;
      const std::string path = above + name;
      if (random() % 2 == 0 && directories.size() < 12) {
        tree.push_back(dir(path));
        directories.push_back(path + "/");
      } else {
        tree.push_back(file(path));
      }
    }
    if (i == 0 || random() % 2 == 0)
      tree.push_back(file(above + ".gitignore", random_rules(random)));
  }
  return tree;
}

// What git would leave out: a path that it ignores, and with a directory all that is below.
std::vector<std::string> kept_by_git(const std::string& work_tree) {
  const std::vector<std::string> all = names_below(work_tree);
  std::string input;
  for (const std::string& name : all) {
    if (name != ".git" && !name.starts_with(".git/")) input += name + '\0';
  }
  const run_result ignored = run(
      {"git", "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "-z", "--stdin"},
      {.input = input, .directory = work_tree, .environment = {"LC_ALL=C"}});
  EXPECT_LE(ignored.status, 1) << ignored.err;
  const std::vector<std::string> left_out = sorted_lines(ignored.out, '\0');
  std::vector<std::string> kept;
  for (const std::string& name : sorted_lines(input, '\0')) {
    if (!std::binary_search(left_out.begin(), left_out.end(), name)) kept.push_back(name);
  }
  return kept;
}

TEST_F(copytree_selection_e2e, leaves_out_what_git_ignores) {
  if (!has_git()) GTEST_SKIP() << "no git";
  std::mt19937 random(5);  // NOLINT: the same in every run.
  std::size_t left_out = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    const std::string work = "work" + std::to_string(round);
    make(work, tree_of_few_names(random));
    ASSERT_EQ(run({"git", "init", "-q", path(work)}).status, 0);
    const std::vector<std::string> wanted = kept_by_git(path(work));
    left_out += names_below(path(work)).size() - wanted.size();
    const std::string copy = work + ".copy";
    EXPECT_EQ(copytree({"-q", "--gitignore", "--exclude=/.git", work, copy}).status, 0);
    EXPECT_EQ(names_below(path(copy)), wanted);
    fs::remove_all(path(work));
  }
  EXPECT_GT(left_out, 500u);
}

}  // namespace
