// Copies made by other processes, beside the same made by threads.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill().
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/selecting.h"
#include "copytree/shell/make_helpers.h"
#include "libpar/sanitized.h"
#include "par/pools/thread.h"
#include "support/random_tree.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

namespace fs = std::filesystem;
using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const executor_kind by_threads = {"threads", 2};
const executor_kind by_processes = {"processes", 2};

class processes : public testing::Test {
 protected:
  void SetUp() override {
    if (!offers_helpers()) GTEST_SKIP() << "built without processes";
    if (under_thread_sanitizer) GTEST_SKIP() << "no threads beside forked children";
  }
};

std::vector<std::uint64_t> numbers(const report& what) {
  return {what.files,     what.directories, what.symlinks, what.hard_links, what.specials,
          what.unchanged, what.verified,    what.bytes,    what.removed,    what.errors};
}

// Paths below "by_processes" and "by_threads" are told alike.
std::string without_backend(std::string text) {
  for (const std::string name : {"/processes", "/threads"}) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name)) {
      text.erase(at, name.size());
    }
  }
  return text;
}

std::vector<std::string> texts(const std::vector<error>& errors) {
  std::vector<std::string> all;
  for (const error& each : errors) {
    all.push_back(without_backend(std::to_string(static_cast<int>(each.what)) + " " +
                                  std::to_string(static_cast<int>(each.reason)) + " " +
                                  each.source + " -> " + each.destination + each.attribute));
  }
  std::ranges::sort(all);
  return all;
}

std::vector<std::string> without_backend(std::vector<std::string> lines) {
  for (std::string& line : lines) line = without_backend(std::move(line));
  std::ranges::sort(lines);
  return lines;
}

// Copies the source twice, to what is there in both places, and compares all there is to compare.
void expect_same(const playground& ground, const options& how) {
  const copy_setup setup = {.executor = by_threads, .how = how};
  const copy_result threads = copy_now({ground.source() + "/."}, ground.path("threads"), setup);
  copy_setup with = setup;
  with.executor = by_processes;
  const copy_result others = copy_now({ground.source() + "/."}, ground.path("processes"), with);
  EXPECT_EQ(numbers(threads.what), numbers(others.what));
  EXPECT_EQ(texts(threads.errors), texts(others.errors));
  EXPECT_EQ(texts(threads.notes), texts(others.notes));
  EXPECT_EQ(without_backend(threads.list), without_backend(others.list));
  if (how.dry_run) return;
  EXPECT_THAT(support::differences(ground.path("threads"), ground.path("processes")), IsEmpty());
}

struct manner {
  const char* name;
  options how;
};

std::vector<manner> manners() {
  options no_links;
  no_links.preserve.links = false;
  options bare;
  bare.preserve = {.mode = false, .owner = false, .links = false, .xattrs = false};
  return {{"plain", {}},
          {"listed", {.list_entries = true}},
          {"listed before", {.list_entries = true, .list_before = true}},
          {"dry", {.dry_run = true, .list_entries = true}},
          {"links copied", no_links},
          {"times only", bare},
          {"links followed", {.follow = follow_links::always}},
          {"hard links instead", {.instead = substitute::hard_link}},
          {"attributes only", {.attributes_only = true}},
          {"atomic", {.atomic = true}},
          {"synced", {.sync = true}},
          {"verified", {.verify = true, .sums = true}},
          {"holes made", {.sparse = policy::always}},
          {"filtered", selecting("*4*\n!*44*\n/d*/x*/\n", {.gitignore = true})},
          {"one file system", {.one_file_system = true}},
          {"few descriptors", {.descriptors = 16}},
          {"limited", {.bytes_per_second = 1'000'000'000}}};
}

TEST_F(processes, copy_random_trees_as_threads_do) {
  std::uint32_t seed = 500;
  for (const manner& each : manners()) {
    SCOPED_TRACE(each.name);
    const playground ground(support::random_tree(++seed, 60));
    fs::create_directory(ground.path("threads"));
    fs::create_directory(ground.path("processes"));
    expect_same(ground, each.how);
  }
}

// The second copy meets what the first has made, and what has been changed since on either side.
TEST_F(processes, copy_over_older_copies_as_threads_do) {
  if (!is_root()) GTEST_SKIP() << "needs to write into copies of 0555 directories";
  const manner cases[] = {
      {"replaced", {.list_entries = true}},
      {"same", {.only = update::same, .list_entries = true}},
      {"older", {.only = update::older, .list_entries = true}},
      {"kept", {.when_existing = existing::keep}},
      {"refused", {.when_existing = existing::refuse}},
      {"forced", {.when_existing = existing::force}},
      {"removed", {.when_existing = existing::remove, .list_entries = true}},
      {"numbered", {.keep_backup = backup::numbered, .list_entries = true}},
      {"mirrored", {.mirror = true, .list_entries = true}},
      {"mirror, dry", {.mirror = true, .dry_run = true, .list_entries = true}},
  };
  std::uint32_t seed = 600;
  for (const manner& each : cases) {
    SCOPED_TRACE(each.name);
    const playground ground(support::random_tree(++seed, 60));
    for (const char* name : {"threads", "processes"}) {
      copy_now({ground.source()}, ground.path(name));
      support::make_tree(ground.path(name),
                         {dir("new"), file("new/f", "only here"), dir("d"), dir("d/turned")});
    }
    support::make_tree(ground.source(), {dir("d"), file("d/turned", "a directory there")});
    expect_same(ground, each.how);
  }
}

TEST_F(processes, bring_names_of_one_file_together_again) {
  support::tree tree = {dir("a"), file("a/f", "x"), dir("deep"), dir("deep/er")};
  for (int i = 0; i < 40; ++i) {
    const std::string name = "deep/er/" + std::to_string(i);
    tree.push_back(dir(name, 0550));
    tree.push_back(hard_link(name + "/f", "a/f"));
    tree.push_back(file(name + "/own", "y"));
  }
  const playground ground(tree);
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.executor = by_processes});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_EQ(result.what.hard_links, 40u);
  EXPECT_THAT(support::differences(ground.source(), ground.copy()), IsEmpty());
}

TEST_F(processes, go_deeper_than_one_message_has_descriptors) {
  support::tree tree;
  std::string path;
  for (int i = 0; i < 400; ++i) {
    path += path.empty() ? "d" : "/d";
    tree.push_back(dir(path));
    tree.push_back(file(path + "/f", "x"));
  }
  const playground ground(tree);
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.executor = by_processes});
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_THAT(support::differences(ground.source(), ground.copy()), IsEmpty());
}

TEST_F(processes, say_that_a_directory_is_there_before_what_is_in_it) {
  support::tree tree;
  for (const std::string top : {"a", "b", "c"}) {
    tree.push_back(dir(top));
    for (int i = 0; i < 300; ++i) tree.push_back(file(top + "/" + std::to_string(i)));
    tree.push_back(dir(top + "/sub"));
    tree.push_back(file(top + "/sub/f"));
  }
  const playground ground(tree);
  class in_order final : public observer {
   public:
    void failed(const error&) override {}
    void noted(const error&) override {}
    void copied(const std::string&, const std::string& destination) override {
      const par::lock_guard lock(guard_);
      listed_.push_back(destination);
    }
    [[nodiscard]] std::vector<std::string> listed() const {
      const par::lock_guard lock(guard_);
      return listed_;
    }

   private:
    mutable par::mutex guard_;
    std::vector<std::string> listed_ PAR_GUARDED_BY(guard_);
  } events;
  file_system real;
  counters counts;
  const std::atomic<bool> never{false};
  const options how = {.list_entries = true};
  auto planned = plan_copy(real, {.sources = {ground.source()}, .destination = ground.copy()}, how);
  const auto executor = make({"threads", 2});
  const auto others = make_helpers(2, how, never, counts);
  copy({real, *executor, never, events, counts, others.get()}, how, std::move(*planned));
  const std::vector<std::string> listed = events.listed();
  EXPECT_THAT(listed, SizeIs(1 + 3 * 303));
  for (auto entry = listed.begin() + 1; entry != listed.end(); ++entry) {
    const std::string parent = entry->substr(0, entry->rfind('/'));
    EXPECT_NE(std::find(listed.begin(), entry, parent), entry) << *entry;
  }
}

template <class Condition>
void await(Condition holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  EXPECT_TRUE(holds());
}

// The process that has the file open and is not this one.
pid_t who_reads(const std::string& path) {
  for (const auto& process : fs::directory_iterator("/proc")) {
    const pid_t id = std::atoi(process.path().filename().c_str());
    if (id <= 0 || id == ::getpid()) continue;
    std::error_code gone;
    for (const auto& open : fs::directory_iterator(process.path() / "fd", gone)) {
      if (fs::read_symlink(open.path(), gone) == path) return id;
    }
  }
  return -1;
}

// Its process waits in the FIFO, with a file begun at the destination.
TEST_F(processes, that_die_cost_what_they_had_and_leave_no_half_a_file) {
  const playground ground({dir("a"), file("a/f", "x"), dir("lost"), dir("lost/sub"),
                           fifo("lost/sub/pipe"), dir("z"), file("z/f", "y")});
  const std::string pipe = fs::canonical(ground.source()) / "lost/sub/pipe";
  copy_result result;
  pid_t dead = -1;
  {
    const par::thread copying("copying", [&] {
      result = copy_now({ground.source()}, ground.copy(),
                        {.executor = by_processes, .how = {.special_contents = true}});
    });
    const int writing = ::open(pipe.c_str(), O_WRONLY | O_CLOEXEC);  // Waits for it.
    ASSERT_GE(writing, 0);
    const std::string begun = ground.copy() + "/lost/sub/pipe";
    ASSERT_EQ(::write(writing, "half", 4), 4);
    await([&] { return exists(begun) && status_of(begun).st_size == 4; });
    dead = who_reads(pipe);
    ASSERT_GT(dead, 0);
    ASSERT_EQ(::kill(dead, SIGKILL), 0);
    ::close(writing);
  }
  EXPECT_EQ(operations(result.errors), std::vector{operation::lose_process});
  EXPECT_EQ(result.errors.front().source, ground.source() + "/lost");
  EXPECT_THAT(result.errors.front().ending,
              "process " + std::to_string(dead) + " was killed by signal 9");
  EXPECT_THAT(names_below(ground.copy()), ElementsAre("a", "a/f", "lost", "lost/sub", "z", "z/f"));
  EXPECT_EQ(result.what.files, 2u);
}

TEST_F(processes, stop_when_asked_to_and_leave_only_complete_files) {
  support::tree tree;
  const std::string content(300'000, 'x');
  for (int i = 0; i < 40; ++i) {
    tree.push_back(dir("d" + std::to_string(i)));
    tree.push_back(file("d" + std::to_string(i) + "/f", content));
  }
  const playground ground(tree);
  std::atomic<bool> stop{false};
  counters counts;
  copy_result result;
  bool was_seen = false;
  {
    const par::thread copying("copying", [&] {
      result = copy_now({ground.source()}, ground.copy(),
                        {.executor = by_processes,
                         .how = {.bytes_per_second = 1'000'000},
                         .stop = &stop,
                         .counts = &counts});
    });
    await([&] {
      was_seen = was_seen || counts.away.under_way > 0;
      return counts.copied.files > 0;
    });
    stop = true;
  }
  EXPECT_TRUE(was_seen) << "bytes of files under way";
  EXPECT_EQ(counts.away.under_way, 0u);
  EXPECT_TRUE(result.what.interrupted);
  EXPECT_THAT(result.errors, IsEmpty());
  EXPECT_LT(result.what.files, 40u);
  for (const auto& entry : fs::recursive_directory_iterator(ground.copy())) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(entry.file_size(), content.size()) << entry.path();
  }
}

}  // namespace
}  // namespace copytree
