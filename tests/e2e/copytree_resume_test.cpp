// copytree killed at any moment, and run again.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/content_of.h"
#include "support/killed_run.h"
#include "support/run.h"
#include "support/temp_dir.h"
#include "support/tree.h"
#include "support/tree_compare.h"

namespace {

namespace fs = std::filesystem;
using support::content_of;
using support::dir;
using support::file;
using support::hard_link;
using support::run;
using support::symlink;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string program = BIN_DIR "/copytree";

support::tree sample() {
  support::tree tree;
  for (const std::string d : {"a", "b", "c"}) {
    tree.push_back(dir(d));
    for (int i = 0; i < 8; ++i) {
      tree.push_back(file(d + "/f" + std::to_string(i), "content " + std::to_string(i)));
    }
    tree.push_back(symlink(d + "/l", "f1"));
  }
  tree.push_back(hard_link("c/h", "a/f1"));
  tree.push_back(file("long", std::string(1'000'000, 'x')));
  tree.push_back({.path = "sparse",
                  .kind = support::tree_kind::sparse_file,
                  .content = "data",
                  .hole = 1'000'000});
  return tree;
}

class resume_e2e : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(source());
    support::make_tree(source(), sample());
  }

  // An older copy, so that there is something to replace.
  void make_old_copy() {
    fs::remove_all(copy());
    fs::create_directory(copy());
    support::make_tree(copy(), {dir("a"), file("a/f1", "old"), file("a/f2", "old"),
                                symlink("a/l", "old"), file("long", "old")});
  }

  // How many files look complete to a run that resumes; each of them must be so.
  std::uint64_t check_finished() {
    std::uint64_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(source())) {
      const fs::path other = copy() / entry.path().lexically_relative(source());
      struct ::stat wanted;
      struct ::stat made;
      if (::lstat(entry.path().c_str(), &wanted) != 0 || ::lstat(other.c_str(), &made) != 0 ||
          !S_ISREG(wanted.st_mode) || wanted.st_size != made.st_size ||
          wanted.st_mtim.tv_sec != made.st_mtim.tv_sec ||
          wanted.st_mtim.tv_nsec != made.st_mtim.tv_nsec) {
        continue;
      }
      ++count;
      EXPECT_TRUE(content_of(entry.path()) == content_of(other)) << other;
    }
    return count;
  }

  [[nodiscard]] fs::path source() const { return temp_.path() / "source"; }
  [[nodiscard]] fs::path copy() const { return temp_.path() / "copy"; }
  [[nodiscard]] std::string place() const { return temp_.path(); }

 private:
  support::temp_dir temp_;
};

// The number behind a name in a line of JSON.
std::uint64_t field(const std::string& json, const std::string& name) {
  const std::string key = "\"" + name + "\":";
  return std::stoull(json.substr(json.find(key) + key.size()));
}

TEST_F(resume_e2e, killed_at_any_moment_a_second_run_makes_it_right_and_copies_little_again) {
  constexpr std::size_t points = 12;
  const std::uint64_t names = 3 * 8 + 3;  // Of regular files.
  for (const std::string how : {"--quiet", "--atomic"}) {
    const std::vector<std::string> command = {program, "-q", how, "-j2", "source/.", "copy"};
    make_old_copy();
    const auto whole = support::run_and_kill(command, place(), 0);
    if (!whole) GTEST_SKIP() << "may not trace";
    std::size_t kills = 0;
    for (std::size_t point = 1; point <= points; ++point) {
      const std::size_t steps = whole->steps * point / (points + 1);
      SCOPED_TRACE(how + " " + std::to_string(steps));
      make_old_copy();
      const auto first = support::run_and_kill(command, place(), steps);
      ASSERT_TRUE(first);
      if (first->killed) ++kills;  // How often threads wait for each other varies.
      const std::uint64_t finished = check_finished();
      const auto second = run({program, "-q", "--json", "--resume", "source/.", "copy"},
                              {.directory = place(), .environment = {"LC_ALL=C"}});
      EXPECT_EQ(second.status, 0) << second.err;
      // One more: if the second name of a file comes first this time, the first one is linked to
      // it.
      EXPECT_LE(field(second.out, "files") + field(second.out, "hard_links"), names - finished + 1);
      EXPECT_THAT(support::differences(source(), copy()), IsEmpty());
    }
    EXPECT_GE(kills, points / 2);
  }
}

TEST_F(resume_e2e, tells_what_it_passed_over) {
  const support::run_options here = {.directory = place(), .environment = {"LC_ALL=C"}};
  ASSERT_EQ(run({program, "-q", "source/.", "copy"}, here).status, 0);
  const auto again = run({program, "--resume", "source/.", "copy"}, here);
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.err, HasSubstr("copied 0 files, 4 directories, 30 unchanged, 0 B in "));
}

TEST_F(resume_e2e, writes_sums_that_xxhsum_checks) {
  if (run({"sh", "-c", "command -v xxhsum"}).status != 0) GTEST_SKIP() << "no xxhsum";
  support::make_tree(source(), {file("a/back\\slash", "x"), file("a/ space ", "y"),
                                file("a/quote'\"", "z"), file("empty", "")});
  const support::run_options here = {.directory = place(), .environment = {"LC_ALL=C"}};
  const auto made = run({program, "--verify", "--manifest", "sums", "source", "copy"}, here);
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_THAT(made.err, HasSubstr(" 30 verified"));
  const auto checked = run({"xxhsum", "-c", "sums"}, here);
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
  std::ifstream in(place() + "/sums");
  std::vector<std::string> files;
  for (std::string line; std::getline(in, line);) files.push_back(line.substr(34));
  EXPECT_EQ(files.size(), 30u);
  EXPECT_TRUE(std::is_sorted(files.begin(), files.end()));

  std::ofstream(copy() / "a/f1") << "broken";
  EXPECT_NE(run({"xxhsum", "-c", "sums"}, here).status, 0);
}

TEST_F(resume_e2e, fails_early_if_the_manifest_cannot_be_written_and_late_if_it_is_lost) {
  const support::run_options here = {.directory = place(), .environment = {"LC_ALL=C"}};
  const auto early = run({program, "--manifest", "no/sums", "source", "copy"}, here);
  EXPECT_EQ(early.status, 2);
  EXPECT_THAT(early.err, HasSubstr("cannot write manifest 'no/sums': No such file or directory\n"));
  EXPECT_FALSE(fs::exists(copy()));
  const auto late = run({program, "--manifest", "/dev/full", "source", "copy"}, here);
  EXPECT_EQ(late.status, 1);
  EXPECT_THAT(late.err, HasSubstr("cannot write manifest '/dev/full': No space left on device\n"));
}

TEST_F(resume_e2e, copies_everything_at_a_limited_rate_too) {
  const support::run_options here = {.directory = place(), .environment = {"LC_ALL=C"}};
  const auto made = run({program, "--json", "-q", "--bwlimit=10M", "source/long", "copy"}, here);
  EXPECT_EQ(made.status, 0);
  EXPECT_EQ(content_of(copy()).size(), 1'000'000u);
}

}  // namespace
