// copytree on file systems that are full, read-only, limited, broken or gone.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <system_error>

#include "support/child.h"
#include "support/mount.h"
#include "support/run.h"
#include "support/temp_dir.h"
#include "support/tree.h"
#include "support/tree_compare.h"

namespace {

namespace fs = std::filesystem;
using support::dir;
using support::fifo;
using support::file;
using support::run;
using support::run_result;
using support::symlink;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string program = BIN_DIR "/copytree";

// A directory with "a" in it, made as described, and "to", for something to be mounted on.
class copytree_faults : public testing::Test {
 protected:
  copytree_faults() {
    fs::create_directory(path("a"));
    fs::create_directory(path("to"));
  }

  void make(const support::tree& entries) { support::make_tree(path("a"), entries); }

  [[nodiscard]] std::string path(const std::string& below) const {
    return (temp_.path() / below).string();
  }

  // Runs it through a shell, behind a command such as "ulimit -f 100;".
  run_result copytree(const std::string& before = "", const std::string& options = "-j2") const {
    return run({"sh", "-c", before + " exec \"$0\" " + options + " a to", program},
               {.directory = path(""), .environment = {"LC_ALL=C"}});
  }

  // What must be true whatever went wrong: all that is there is as in the source, and all that is
  // not has been named, or a directory above it.
  void check(const run_result& result) const {
    EXPECT_EQ(result.status, 1);
    for (const std::string& line : support::differences(path("a"), path("to/a"))) {
      const std::string name = line.substr(2, line.find(": ") - 2);
      EXPECT_THAT(line, HasSubstr(": only in " + path("a")));
      EXPECT_TRUE(is_named(name, result.err)) << name << " is not named in:\n" << result.err;
    }
  }

 private:
  static bool is_named(const fs::path& name, const std::string& messages) {
    for (fs::path above = name; !above.empty(); above = above.parent_path()) {
      if (messages.find("a/" + above.string() + "'") != std::string::npos) return true;
    }
    return false;
  }

  support::temp_dir temp_;
};

support::tree many_files() {
  support::tree tree;
  for (int i = 0; i < 30; ++i) {
    const std::string name = "d" + std::to_string(i);
    tree.push_back(dir(name));
    tree.push_back(file(name + "/f", std::string(60'000, 'x')));
    tree.push_back(symlink(name + "/l", "target"));
    tree.push_back(fifo(name + "/p"));
  }
  return tree;
}

std::size_t count_of(const std::string& what, const std::string& text) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
    ++found;
  }
  return found;
}

TEST_F(copytree_faults, a_full_file_system) {
  make(many_files());
  const support::mount small(path("to"), {.type = "tmpfs", .options = "size=1m"});
  SKIP_UNLESS_MOUNTED(small);
  const run_result result = copytree();
  check(result);
  EXPECT_GT(count_of("No space left on device", result.err), 5u);
}

TEST_F(copytree_faults, a_file_system_without_room_for_more_names) {
  make(many_files());
  const support::mount small(path("to"), {.type = "tmpfs", .options = "nr_inodes=50"});
  SKIP_UNLESS_MOUNTED(small);
  const run_result result = copytree();
  check(result);
  EXPECT_THAT(result.err, HasSubstr("cannot create directory 'to/a/d"));
}

TEST_F(copytree_faults, a_full_file_system_that_allocates_late) {
  make(many_files());
  if (run({"sh", "-c",
           "truncate -s 1M image && mkfs.ext4 -q -F -O ^has_journal image && "
           "losetup -f --show image > loop"},
          {.directory = path("")})
          .status != 0) {
    GTEST_SKIP() << "no mkfs.ext4, or no loop device";
  }
  std::string device;
  std::getline(std::ifstream(path("loop")), device);
  {
    const support::mount small(path("to"), {.type = "ext4", .source = device});
    EXPECT_EQ(run({"losetup", "-d", device}).status, 0);  // Gone with the last user.
    SKIP_UNLESS_MOUNTED(small);
    const run_result result = copytree("", "-j2 -q");
    check(result);
    EXPECT_THAT(result.err, HasSubstr("No space left on device"));
  }
}

TEST_F(copytree_faults, a_read_only_destination) {
  make({file("f", "x")});
  const support::mount small(path("to"), {.type = "tmpfs"});
  SKIP_UNLESS_MOUNTED(small);
  small.make_read_only();
  const run_result result = copytree();
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("cannot create directory 'to/a': Read-only file system\n"));
}

TEST_F(copytree_faults, a_limit_on_the_size_of_files) {
  make({file("small", "x"), file("large", std::string(3'000'000, 'x')), dir("d"),
        file("d/large", std::string(300'000, 'x'))});
  const run_result result = copytree("ulimit -f 100;");
  check(result);
  EXPECT_THAT(result.err, HasSubstr("'to/a/large': File too large\n"));
  EXPECT_THAT(result.err, HasSubstr("'to/a/d/large': File too large\n"));
  EXPECT_TRUE(fs::exists(path("to/a/small")));
}

TEST_F(copytree_faults, a_destination_that_vanishes) {
  support::tree tree;
  for (int i = 0; i < 500; ++i) tree.push_back(file(std::to_string(i) + std::string(190, 'n')));
  make(tree);
  // Its list goes into a pipe that nobody reads, so that it cannot get to its end.
  support::child copy({program, "-v", "a", "to"}, {.directory = path("")});
  copy.wait_for_out("\n");
  fs::rename(path("to"), path("gone"));
  fs::remove_all(path("gone"));
  const support::child_result result = copy.finish();
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("No such file or directory\n"));
}

// What is open stays readable; what is not is reported.
TEST_F(copytree_faults, a_source_that_is_unmounted) {
  auto source = std::make_unique<support::mount>(path("a"), support::mount::what{.type = "tmpfs"});
  SKIP_UNLESS_MOUNTED(*source);
  support::tree tree;
  for (int i = 0; i < 500; ++i) tree.push_back(file(std::to_string(i) + std::string(190, 'n')));
  make(tree);
  support::child copy({program, "-v", "a", "to"}, {.directory = path("")});
  copy.wait_for_out("\n");
  source.reset();
  EXPECT_EQ(copy.finish().status, 0);
  const auto copied = fs::directory_iterator(path("to/a"));
  EXPECT_EQ(std::distance(begin(copied), end(copied)), 500);
}

// A device that fails, as strace plays it: each read from one file.
TEST_F(copytree_faults, a_source_that_cannot_be_read) {
  if (run({"sh", "-c", "strace -o /dev/null true"}).status != 0) GTEST_SKIP() << "no strace";
  make({file("good", "x"), file("bad", "y"), dir("d"), file("d/good", "z")});
  const run_result result =
      run({"strace", "-f", "-qq", "-o", "/dev/null", "-P", path("a/bad"), "-e", "trace=read", "-e",
           "inject=read:error=EIO", program, "a", "to"},
          {.directory = path(""), .environment = {"LC_ALL=C"}});
  check(result);
  EXPECT_THAT(result.err, HasSubstr("error reading 'a/bad': Input/output error\n"));
  EXPECT_FALSE(fs::exists(path("to/a/bad")));
}

TEST_F(copytree_faults, few_open_files_in_a_tree_wide_and_deep) {
  support::tree tree;
  for (int i = 0; i < 20; ++i) {
    std::string name = "d" + std::to_string(i);
    for (int depth = 0; depth < 20; ++depth) {
      tree.push_back(dir(name));
      tree.push_back(file(name + "/f", "x"));
      name += "/d";
    }
  }
  make(tree);
  for (const std::string jobs : {"-j1", "-j2", "-j7"}) {
    const run_result result = copytree("ulimit -n 64;", "-q " + jobs);
    EXPECT_EQ(result.err, "") << jobs;
    EXPECT_EQ(result.status, 0);
    EXPECT_THAT(support::differences(path("a"), path("to/a")), IsEmpty());
    fs::remove_all(path("to/a"));
  }
}

}  // namespace
