// Copies that are stopped half-way.
#include <gmock/gmock.h>

#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using testing::IsEmpty;

// Stops at the n-th call of one kind.
faulty_fs::decision stop_at(call what, int n, std::atomic<bool>& stop) {
  return [what, n, &stop, count = std::make_shared<std::atomic<int>>(0)](call made, const char*) {
    if (made == what && ++*count == n) stop = true;
    return std::errc{};
  };
}

TEST(stopped_copy, leaves_no_file_that_is_not_complete) {
  support::tree tree;
  const std::string content(20'000'000, 'x');
  for (int i = 0; i < 4; ++i) tree.push_back(file("f" + std::to_string(i), content));
  for (const executor_kind& kind : executor_kinds()) {
    SCOPED_TRACE(kind.name + " " + std::to_string(kind.threads));
    const playground ground(tree);
    std::atomic<bool> stop{false};
    faulty_fs fs(stop_at(call::copy_range, 4, stop));
    const copy_result result =
        copy_now({ground.source()}, ground.copy(), {.fs = &fs, .executor = kind, .stop = &stop});
    EXPECT_TRUE(result.what.interrupted);
    EXPECT_THAT(result.errors, IsEmpty());
    const std::vector<std::string> copied = names_below(ground.copy());
    EXPECT_EQ(copied.size(), result.what.files);
    EXPECT_LT(copied.size(), 4u);
    for (const std::string& name : copied) {
      EXPECT_EQ(status_of(ground.copy() + "/" + name).st_size, 20'000'000);
    }
  }
}

TEST(stopped_copy, begins_nothing_new_and_keeps_unfinished_directories_private) {
  support::tree tree;
  for (int i = 0; i < 50; ++i) {
    const std::string name = "d" + std::to_string(i);
    tree.push_back(dir(name));
    tree.push_back(file(name + "/f", "x"));
  }
  const playground ground(tree);
  std::atomic<bool> stop{false};
  faulty_fs fs(stop_at(call::write, 5, stop));
  const copy_result result = copy_now({ground.source()}, ground.copy(),
                                      {.fs = &fs, .executor = {"serial", 1}, .stop = &stop});
  EXPECT_EQ(result.what.files, 5u);
  EXPECT_LT(result.what.directories, 51u);
  EXPECT_EQ(status_of(ground.copy()).st_mode & 07777, 0700u);
}

TEST(stopped_copy, that_never_began_makes_nothing) {
  const playground ground({file("f", "x")});
  const std::atomic<bool> stop{true};
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.stop = &stop});
  EXPECT_TRUE(result.what.interrupted);
  EXPECT_FALSE(exists(ground.copy()));
}

}  // namespace
}  // namespace copytree
