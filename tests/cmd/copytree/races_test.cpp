// Trees that somebody else changes while they are copied.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;

// What takes the place of a directory of the copy, once it is complete.
class swapper {
 public:
  swapper(const playground& ground, bool with_symlink)
      : ground_(ground), with_symlink_(with_symlink) {}

  // Before each call: whichever of the two directories is complete has been closed by then.
  void look(call what) {
    if (swapped_ || what != call::open) return;
    for (const char* name : {"/a", "/z"}) {
      if (is_complete(ground_.copy() + name)) swap(ground_.copy() + name);
    }
  }

  [[nodiscard]] bool swapped() const { return swapped_; }
  [[nodiscard]] std::string victim() const {
    return with_symlink_ ? ground_.path("elsewhere/f") : place_ + "/f";
  }

 private:
  static bool is_complete(const std::string& directory) {
    return exists(directory) && status_of(directory).st_mtim.tv_sec == 1'000'000'000;
  }

  void swap(const std::string& place) {
    std::filesystem::rename(place, ground_.path("moved"));
    if (with_symlink_) {
      std::filesystem::create_directory_symlink(ground_.path("elsewhere"), place);
    } else {
      std::filesystem::rename(ground_.path("elsewhere"), place);
    }
    place_ = place;
    swapped_ = true;
  }

  const playground& ground_;
  const bool with_symlink_;
  std::string place_;
  bool swapped_ = false;
};

TEST(copy_in_a_race, never_links_to_a_file_of_a_directory_that_was_swapped) {
  for (const bool with_symlink : {true, false}) {
    SCOPED_TRACE(with_symlink);
    const playground ground({dir("a"), file("a/f", "x"), dir("z"), hard_link("z/f", "a/f")});
    support::make_tree(ground.path(""), {dir("elsewhere"), file("elsewhere/f", "evil")});
    swapper intruder(ground, with_symlink);
    faulty_fs fs([&](call what, const char*) {
      intruder.look(what);
      return std::errc{};
    });
    const copy_result result =
        copy_now({ground.source()}, ground.copy(), {.fs = &fs, .executor = {"serial", 1}});
    ASSERT_TRUE(intruder.swapped());
    EXPECT_EQ(status_of(intruder.victim()).st_nlink, 1u);
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.errors[0].what, operation::create_hard_link);
  }
}

struct replaced_case {
  const char* name;
  support::tree_entry by;
  operation reported;
};

// Between the listing of the directory and the opening of the file. A FIFO must not be waited for.
TEST(copy_in_a_race, notices_a_file_that_was_replaced) {
  const replaced_case replacements[] = {
      {"fifo", fifo("f"), operation::source_replaced},
      {"directory", dir("f"), operation::source_replaced},
      {"symlink", symlink("f", "g"), operation::open_source},
  };
  for (const replaced_case& c : replacements) {
    SCOPED_TRACE(c.name);
    const playground ground({file("f", "x"), file("g", "x")});
    faulty_fs fs([&, done = false](call what, const char* name) mutable {
      if (!done && what == call::open && name == std::string("f")) {
        std::filesystem::remove(ground.source() + "/f");
        support::make_tree(ground.source(), {c.by});
        done = true;
      }
      return std::errc{};
    });
    const copy_result result = copy_now({ground.source()}, ground.copy(), {.fs = &fs});
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.errors[0].what, c.reported);
    EXPECT_EQ(names_below(ground.copy()), std::vector<std::string>{"g"});
  }
}

}  // namespace
}  // namespace copytree
