// Trees that are very wide or very deep, and few descriptors.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>
#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "par/locks/lock_guard.h"
#include "support/random_tree.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using testing::IsEmpty;

// Counts how many descriptors are open at once.
class counting_fs final : public file_system {
 public:
  [[nodiscard]] std::size_t most() const { return most_; }

  os_result<int> open(at where, int flags, mode_t mode = 0) override {
    const auto opened = file_system::open(where, flags, mode);
    if (opened) {
      const par::lock_guard lock(guard_);
      open_.insert(*opened);
      most_ = std::max(most_, open_.size());
    }
    return opened;
  }

  os_result<int> open_on_mount(at where, int flags) override {
    const auto opened = file_system::open_on_mount(where, flags);
    if (opened) {
      const par::lock_guard lock(guard_);
      open_.insert(*opened);
      most_ = std::max(most_, open_.size());
    }
    return opened;
  }

  os_result<void> close(int file) override {
    {
      const par::lock_guard lock(guard_);
      open_.erase(file);
    }
    return file_system::close(file);
  }

 private:
  par::mutex guard_;
  std::set<int> open_ PAR_GUARDED_BY(guard_);
  std::size_t most_ = 0;
};

support::tree wide_tree() {
  support::tree tree;
  for (int i = 0; i < 200; ++i) {
    const std::string name = "d" + std::to_string(i);
    tree.push_back(dir(name));
    tree.push_back(dir(name + "/sub"));
    tree.push_back(file(name + "/sub/f", "x"));
  }
  return tree;
}

TEST(copy_with_few_descriptors, manages_a_wide_tree) {
  const playground ground(wide_tree());
  for (const executor_kind& kind : executor_kinds()) {
    SCOPED_TRACE(kind.name + " " + std::to_string(kind.threads));
    counting_fs fs;
    const std::string copy = ground.path(kind.name + std::to_string(kind.threads));
    const copy_result result = copy_now({ground.source()}, copy,
                                        {.fs = &fs, .executor = kind, .how = {.descriptors = 64}});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_THAT(support::differences(ground.source(), copy), IsEmpty());
    EXPECT_LE(fs.most(), 64u - 8u) << "no room for the standard streams and the caller's files";
  }
}

// One directory below another, "d/d/d/...", made and removed without naming its path.
void dig(const std::string& path, int depth) {
  int at = ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; i < depth; ++i) {
    ASSERT_EQ(::mkdirat(at, "directory", 0755), 0);
    const int below = ::openat(at, "directory", O_PATH | O_DIRECTORY | O_CLOEXEC);
    ::close(at);
    at = below;
  }
  ::close(at);
}

class more_descriptors {
 public:
  explicit more_descriptors(rlim_t wanted) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    struct rlimit raised = before_;
    raised.rlim_cur = std::min(before_.rlim_max, std::max(before_.rlim_cur, wanted));
    ::setrlimit(RLIMIT_NOFILE, &raised);
    enough_ = raised.rlim_cur >= wanted;
  }
  ~more_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

  [[nodiscard]] bool enough() const { return enough_; }

 private:
  struct rlimit before_ = {};
  bool enough_ = false;
};

TEST(copy, goes_deeper_than_any_path_can_name) {
  constexpr int depth = 1'200;  // Times ten letters: three times PATH_MAX.
  const more_descriptors raised(8'000);
  if (!raised.enough()) GTEST_SKIP() << "the hard limit of open files is too low";
  const playground ground;
  dig(ground.source(), depth);
  for (const executor_kind& kind : {executor_kind{"serial", 1}, executor_kind{"threads", 2}}) {
    SCOPED_TRACE(kind.name);
    const std::string copy = ground.path(kind.name);
    const copy_result result =
        copy_now({ground.source()}, copy, {.executor = kind, .how = {.descriptors = 8'000}});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.what.directories, depth + 1u);
    EXPECT_THAT(support::differences(ground.source(), copy), IsEmpty());
  }
}

// Each directory has to be closed and opened again, often.
TEST(copy_with_few_descriptors, goes_deep) {
  constexpr int depth = 200;
  const playground ground({file("f", "x")});
  dig(ground.source(), depth);
  for (const executor_kind& kind : {executor_kind{"serial", 1}, executor_kind{"threads", 2}}) {
    SCOPED_TRACE(kind.name);
    counting_fs fs;
    const copy_result result = copy_now({ground.source()}, ground.path(kind.name),
                                        {.fs = &fs, .executor = kind, .how = {.descriptors = 64}});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_EQ(result.what.directories, depth + 1u);
    EXPECT_THAT(support::differences(ground.source(), ground.path(kind.name)), IsEmpty());
    EXPECT_LE(fs.most(), 64u - 8u);
  }
}

TEST(copy_with_few_descriptors, makes_the_same_copy) {
  const playground ground(support::random_tree(3, 150));
  for (const executor_kind& kind : backends()) {
    SCOPED_TRACE(kind.name + " " + std::to_string(kind.threads));
    const std::string copy = ground.path(kind.name + std::to_string(kind.threads));
    const copy_result result =
        copy_now({ground.source()}, copy, {.executor = kind, .how = {.descriptors = 16}});
    EXPECT_THAT(result.errors, IsEmpty());
    EXPECT_THAT(support::differences(ground.source(), copy), IsEmpty());
  }
}

// What was closed is not what bears its name any more when it is needed again.
TEST(copy_with_few_descriptors, never_goes_on_in_a_directory_that_was_swapped) {
  const playground ground({dir("d"), dir("d/sub"), file("d/sub/f", "x")});
  support::make_tree(ground.path(""), {dir("elsewhere", 0700)});
  faulty_fs fs([&](call what, const char* name) {
    if (what == call::make_directory && name == std::string("sub")) {
      std::filesystem::rename(ground.copy() + "/d", ground.path("moved"));
      std::filesystem::rename(ground.path("elsewhere"), ground.copy() + "/d");
    }
    return std::errc{};
  });
  const copy_result result =
      copy_now({ground.source()}, ground.copy(),
               {.fs = &fs, .executor = {"serial", 1}, .how = {.descriptors = 16}});
  EXPECT_FALSE(result.errors.empty());
  EXPECT_EQ(status_of(ground.copy() + "/d").st_mode & 07777, 0700u);
  EXPECT_THAT(names_below(ground.copy() + "/d"), IsEmpty());
}

TEST(tree_path, of_any_depth_is_released_without_recursion) {
  auto path = std::make_shared<const tree_path>("");
  for (int i = 0; i < 300'000; ++i) path = std::make_shared<const tree_path>(path, "d", "e");
  EXPECT_EQ(path->source_path().size(), 599'999u);
  EXPECT_EQ(path->destination_path().substr(0, 4), "e/e/");
}

}  // namespace
}  // namespace copytree
