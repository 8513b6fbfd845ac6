// Somebody exchanges directories, files and links for others all the time while a copy runs. It may
// copy the one or the other, but never reads or writes outside of the two trees.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "par/pools/thread.h"
#include "support/spawn.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

namespace fs = std::filesystem;
using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;
using testing::IsEmpty;

constexpr int directories = 6;
constexpr int swaps_wanted = 3'000;
const std::string secret = "secret";

std::string name(int i) {
  return "d" + std::to_string(i);
}

// What is copied. No file has the mode, nor as root the owner, of any outside.
support::tree ordinary_tree() {
  support::tree tree;
  for (int i = 0; i < directories; ++i) {
    tree.push_back(dir(name(i), 0711));
    tree.push_back(file(name(i) + "/f", "ordinary", 04750));
    tree.push_back(file(name(i) + "/g", "ordinary", 0640));
    tree.push_back(hard_link(name(i) + "/h", name(i) + "/g"));
    tree.push_back(symlink(name(i) + "/l", "nowhere"));
    tree.push_back(fifo(name(i) + "/p", 0622));
    tree.push_back(dir(name(i) + "/sub", 0751));
    tree.push_back(file(name(i) + "/sub/f", "ordinary", 0444));
  }
  return tree;
}

support::tree outside_tree() {
  return {file("f", secret, 0600),    file("g", secret, 0600), file("h", secret, 0600),
          file("l", secret, 0600),    file("p", secret, 0600), dir("sub", 0700),
          file("sub/f", secret, 0600)};
}

// Exchanges entries of one tree with those of the same names in another, until its end.
class swapper {
 public:
  swapper(std::string tree, std::string traps) : tree_(std::move(tree)), traps_(std::move(traps)) {
    thread_ = par::thread("swapper", [this](const std::stop_token& stop) { swap(stop); });
  }

  [[nodiscard]] int swaps() const { return swaps_; }

 private:
  // Without following links itself: it is the copy that is to be led astray.
  static support::unique_fd open_directory(const std::string& root, const fs::path& below) {
    support::unique_fd reached(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    for (const fs::path& step : below) {
      reached = support::unique_fd(
          ::openat(reached.get(), step.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    }
    return reached;
  }

  void exchange(const fs::path& path) {
    const auto ours = open_directory(tree_, path.parent_path());
    const auto theirs = open_directory(traps_, path.parent_path());
    const fs::path entry = path.filename();
    if (::renameat2(ours.get(), entry.c_str(), theirs.get(), entry.c_str(), RENAME_EXCHANGE) == 0) {
      ++swaps_;
    }
  }

  void swap(const std::stop_token& stop) {
    static const std::vector<std::string> below = {"",   "/f", "/g",   "/h",
                                                   "/l", "/p", "/sub", "/sub/f"};
    std::mt19937 random(1);
    while (!stop.stop_requested()) {
      exchange(name(static_cast<int>(random() % directories)) + below[random() % below.size()]);
    }
  }

  const std::string tree_;
  const std::string traps_;
  std::atomic<int> swaps_{0};
  par::thread thread_;
};

// With plenty of them, or so few that directories are closed and opened again.
copy_setup with_descriptors(int copies) {
  return {.how = {.descriptors = copies % 2 == 0 ? 1024U : 16U}};
}

// A source, a place for its copies, and a world outside of both that must not be touched.
class swap_stress : public testing::Test {
 protected:
  swap_stress() : ground_(ordinary_tree()) {
    for (const char* each : {"outside", "reference", "traps"}) fs::create_directory(path(each));
    support::make_tree(path("outside"), outside_tree());
    support::make_tree(path("reference"), outside_tree());
    for (const char* each : {"outside", "reference"}) fs::last_write_time(path(each), {});
    if (!is_root()) return;
    for (const auto& entry : fs::recursive_directory_iterator(ground_.source())) {
      EXPECT_EQ(::lchown(entry.path().c_str(), 1234, 1234), 0);
    }
  }

  [[nodiscard]] std::string path(const std::string& below) const { return ground_.path(below); }

  // In one half of the traps whole directories lead outside, in the other single entries do: by
  // symbolic links, or by further names of the files there.
  void set_traps(bool with_hard_links) const {
    fs::remove_all(path("traps"));
    fs::create_directory(path("traps"));
    for (int i = 0; i < directories; ++i) {
      const std::string trap = path("traps/" + name(i));
      if (i % 2 == 0) {
        fs::create_directory_symlink(path("outside"), trap);
        continue;
      }
      fs::create_directory(trap);
      for (const char* each : {"/f", "/g", "/h", "/l", "/p"}) {
        if (with_hard_links) {
          fs::create_hard_link(path("outside") + each, trap + each);
        } else {
          fs::create_symlink(path("outside") + each, trap + each);
        }
      }
      fs::create_directory_symlink(path("outside/sub"), trap + "/sub");
    }
  }

  void expect_outside_untouched() const {
    EXPECT_THAT(support::differences(path("reference"), path("outside")), IsEmpty());
  }

  void expect_nothing_from_outside(const std::string& copy) const {
    for (const auto& entry : fs::recursive_directory_iterator(copy)) {
      if (entry.is_symlink() || !entry.is_regular_file()) continue;
      EXPECT_NE(content_of(entry.path()), secret) << entry.path();
    }
  }

  const playground ground_;
};

TEST_F(swap_stress, of_the_source_reads_nothing_outside) {
  set_traps(false);
  const swapper intruder(ground_.source(), path("traps"));
  int copies = 0;
  for (; intruder.swaps() < swaps_wanted || copies < 10; ++copies) {
    copy_now({ground_.source()}, ground_.copy(), with_descriptors(copies));
    expect_nothing_from_outside(ground_.copy());
    fs::remove_all(ground_.copy());
    if (HasFailure()) return;
  }
  expect_outside_untouched();
}

TEST_F(swap_stress, of_the_destination_writes_nothing_outside) {
  for (const bool with_hard_links : {false, true}) {
    SCOPED_TRACE(with_hard_links ? "hard links" : "symbolic links");
    int swaps = 0;
    for (int copies = 0; swaps < swaps_wanted || copies < 10; ++copies) {
      set_traps(with_hard_links);
      {
        const swapper intruder(ground_.copy(), path("traps"));
        copy_now({ground_.source()}, ground_.copy(), with_descriptors(copies));
        swaps += intruder.swaps();
      }
      expect_outside_untouched();
      if (HasFailure()) return;
      fs::remove_all(ground_.copy());
    }
  }
}

}  // namespace
}  // namespace copytree
