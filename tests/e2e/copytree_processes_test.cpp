// copytree --backend=processes as its users run it.
#include <gmock/gmock.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill().

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "e2e/process_group.h"
#include "support/child.h"
#include "support/content_of.h"
#include "support/random_tree.h"
#include "support/run.h"
#include "support/temp_dir.h"
#include "support/tree.h"
#include "support/tree_compare.h"

namespace {

namespace fs = std::filesystem;
using support::child;
using support::child_result;
using support::content_of;
using support::dir;
using support::file;
using support::run;
using support::run_result;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string program = BIN_DIR "/copytree";
constexpr int files = 40;
constexpr std::size_t file_size = 1'000'000;

class copytree_processes : public testing::Test {
 protected:
  void SetUp() override {
    if (run({program, "--help"}).out.find("processes") == std::string::npos) {
      GTEST_SKIP() << "built without processes";
    }
    fs::create_directory(path("a"));
  }

  void make(const support::tree& entries) { support::make_tree(path("a"), entries); }
  void make_large() {
    support::tree tree = {dir("d")};
    for (int i = 0; i < files; ++i) {
      tree.push_back(file("d/" + std::to_string(i), std::string(file_size, 'x')));
    }
    make(tree);
  }

  run_result copytree(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.insert(arguments.begin(), {program, "--backend=processes"});
    return run(arguments, {.input = input, .directory = path(""), .environment = {"LC_ALL=C"}});
  }

  // Until a file is being copied.
  void await_work() const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < until) {
      if (fs::exists(path("new/d")) && !fs::is_empty(path("new/d"))) return;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "nothing is copied";
  }

  [[nodiscard]] std::string path(const std::string& below) const {
    return (temp_.path() / below).string();
  }

 private:
  support::temp_dir temp_;
};

// Every name copied for itself: which of several gets the content is a matter of time.
TEST_F(copytree_processes, write_the_manifest_that_threads_write) {
  make(support::random_tree(11, 300));
  EXPECT_EQ(copytree({"--no-preserve=links", "--manifest=sums", "--verify", "a", "copy"}).status,
            0);
  const run_result threads =
      run({program, "--no-preserve=links", "--manifest=sums-of-threads", "a", "copy-of-threads"},
          {.directory = path("")});
  EXPECT_EQ(threads.status, 0);
  const run_result renamed =
      run({"sed", "s,copy-of-threads/,copy/,", "sums-of-threads"}, {.directory = path("")});
  EXPECT_EQ(content_of(path("sums")), renamed.out);
  EXPECT_THAT(support::differences(path("copy"), path("copy-of-threads")), IsEmpty());
}

TEST_F(copytree_processes, read_patterns_from_standard_input_once) {
  make({file("f"), file("f.o"), dir("d"), file("d/g"), file("d/g.o")});
  EXPECT_EQ(copytree({"--exclude-from=-", "a", "copy"}, "*.o\n").status, 0);
  EXPECT_TRUE(fs::exists(path("copy/d/g")));
  EXPECT_FALSE(fs::exists(path("copy/f.o")));
  EXPECT_FALSE(fs::exists(path("copy/d/g.o")));
}

TEST_F(copytree_processes, ask_their_questions_one_by_one) {
  make({dir("d"), file("d/f", "new"), file("d/g", "new")});
  fs::create_directories(path("copy/d"));
  support::make_tree(path("copy"), {file("d/f", "old"), file("d/g", "old")});
  EXPECT_EQ(copytree({"-i", "a/.", "copy"}, "y\nn\n").status, 0);
  EXPECT_NE(content_of(path("copy/d/f")), content_of(path("copy/d/g")));
}

// With the fork server gone nobody takes their place: the copying process does the rest.
TEST_F(copytree_processes, are_done_without_if_none_is_left) {
  constexpr int directories = 20;
  support::tree tree = {dir("d"), file("d/f", std::string(file_size, 'x'))};
  for (int i = 0; i < directories; ++i) {
    const std::string name = std::to_string(i);
    tree.push_back(dir(name));
    for (const char* const each : {"/f", "/g"}) {
      tree.push_back(file(name + each, std::string(file_size, 'x')));
    }
  }
  make(tree);
  child copy({program, "--backend=processes", "-j2", "--bwlimit=20M", "a", "new"},
             {.directory = path("")});
  await_work();
  e2e::kill_others_in_group_of(copy.id());
  const child_result result = copy.finish();
  EXPECT_EQ(result.status, 1) << "something was lost";
  for (int i = 0; i < directories; ++i) {
    const std::string name = std::to_string(i);
    if (result.err.find("'a/" + name + "'") != std::string::npos) continue;
    for (const char* const each : {"/f", "/g"}) {
      EXPECT_EQ(content_of(path("new/" + name + each)).size(), file_size) << name << each;
    }
  }
}

// As a terminal sends it: to all of them.
TEST_F(copytree_processes, are_ended_by_one_signal_to_the_group) {
  make_large();
  child copy({program, "--backend=processes", "--bwlimit=4M", "a", "new"}, {.directory = path("")});
  await_work();
  ASSERT_EQ(::kill(-copy.id(), SIGINT), 0);
  const child_result result = copy.finish();
  EXPECT_EQ(result.signal, SIGINT);
  EXPECT_THAT(result.err, HasSubstr("interrupted"));
  EXPECT_THAT(result.err, Not(HasSubstr("cannot copy")));
  int found = 0;
  for (const auto& entry : fs::directory_iterator(path("new/d"))) {
    ++found;
    EXPECT_EQ(entry.file_size(), file_size) << entry.path();
  }
  EXPECT_LT(found, files);
}

// What is read from its pipes ends when the last process that has them has ended.
TEST_F(copytree_processes, end_with_the_one_they_copy_for) {
  make_large();
  child copy({program, "--backend=processes", "--bwlimit=4M", "a", "new"}, {.directory = path("")});
  await_work();
  copy.send_signal(SIGKILL);
  EXPECT_EQ(copy.finish().signal, SIGKILL);
}

}  // namespace
