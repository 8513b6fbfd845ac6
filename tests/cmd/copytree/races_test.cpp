// Trees that somebody else changes while they are copied.
#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
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

// Right after a link or a FIFO was made, or looked at, somebody puts another name of an outside
// file into its place: that must get neither its owner nor its mode.
TEST(copy_in_a_race, never_gives_a_file_the_attributes_of_another) {
  for (const call when : {call::open, call::set_owner_at, call::set_times_at, call::set_mode_at}) {
    for (const char* each : {"l", "p"}) {
      SCOPED_TRACE(std::string(each) + " " + std::to_string(static_cast<int>(when)));
      const playground ground({symlink("l", "x"), fifo("p", 0622)});
      support::make_tree(ground.path(""), {file("outside", "secret", 0600)});
      const std::string path = ground.copy() + "/" + each;
      bool swapped = false;
      faulty_fs fs([&](call what, const char* name) {
        const bool now = what == when && (name == std::string(each) || *name == '\0');
        if (!swapped && now && exists(path)) {
          std::filesystem::remove(path);
          std::filesystem::create_hard_link(ground.path("outside"), path);
          swapped = true;
        }
        return std::errc{};
      });
      const struct ::stat before = status_of(ground.path("outside"));
      copy_now({ground.source()}, ground.copy(), {.fs = &fs, .executor = {"serial", 1}});
      const struct ::stat after = status_of(ground.path("outside"));
      EXPECT_TRUE(swapped || when != call::open) << "not all are called for each";
      EXPECT_EQ(after.st_mode, before.st_mode);
      EXPECT_EQ(after.st_uid, before.st_uid);
      EXPECT_EQ(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
      EXPECT_EQ(content_of(ground.path("outside")), "secret");
    }
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

struct changed_case {
  const char* name;
  std::size_t size;
  void (*change)(const std::string& path);
  std::size_t most;  // So large may the copy be; nothing beyond what was ever there.
};

void shrink(const std::string& path) {
  std::filesystem::resize_file(path, 10);
}
void grow(const std::string& path) {
  std::ofstream(path, std::ios::app) << std::string(1'000, 'x');
}
void replace(const std::string& path) {
  std::filesystem::remove(path);
  std::ofstream(path) << std::string(5, 'y');
}

// After the file was opened and looked at, before its content is read. Whatever is said of it, the
// copy ends, and holds nothing that the source never held.
TEST(copy_in_a_race, ends_with_a_file_that_changes_while_it_is_copied) {
  constexpr std::size_t small = 5'000;
  constexpr std::size_t large = 20'000'000;
  const changed_case changes[] = {
      {"small, shrinks", small, shrink, small},     {"large, shrinks", large, shrink, large},
      {"small, grows", small, grow, small + 1'000}, {"large, grows", large, grow, large + 1'000},
      {"small, replaced", small, replace, small},   {"large, replaced", large, replace, large},
  };
  for (const changed_case& c : changes) {
    SCOPED_TRACE(c.name);
    const playground ground({file("f", std::string(c.size, 'x')), file("other", "x")});
    faulty_fs fs([&, done = false](call what, const char*) mutable {
      const bool now = c.size == small ? what == call::read : what == call::copy_range;
      if (now && exists(ground.copy() + "/f") && !std::exchange(done, true)) {
        c.change(ground.source() + "/f");
      }
      return std::errc{};
    });
    copy_now({ground.source()}, ground.copy(), {.fs = &fs, .executor = {"serial", 1}});
    EXPECT_EQ(content_of(ground.copy() + "/other"), "x");
    const std::string copied = content_of(ground.copy() + "/f");
    EXPECT_LE(copied.size(), c.most);
    EXPECT_EQ(copied, std::string(copied.size(), 'x'));
    EXPECT_GE(copied.size(), 10u);
  }
}

// One appends all the time, and faster than any copy: it must not be followed for ever.
TEST(copy_in_a_race, does_not_follow_a_file_that_grows_for_ever) {
  for (const std::size_t size : {std::size_t{1'000}, std::size_t{400'000}}) {
    const playground ground({file("f", std::string(size, 'x'))});
    std::atomic<bool> stop{false};
    faulty_fs fs([&, grown = 0](call what, const char*) mutable {
      if (what != call::read && what != call::copy_range) return std::errc{};
      std::ofstream(ground.source() + "/f", std::ios::app) << std::string(300'000, 'x');
      if (++grown == 1'000) stop = true;
      return std::errc{};
    });
    copy_now({ground.source()}, ground.copy(),
             {.fs = &fs, .executor = {"serial", 1}, .stop = &stop});
    EXPECT_FALSE(stop) << "no end in sight";
  }
}

// Between the listing of the directory and the opening of the file.
TEST(copy_in_a_race, reports_a_file_that_vanishes) {
  const playground ground({file("f", "x"), file("g", "x")});
  faulty_fs fs([&](call what, const char* name) {
    if (what == call::open && name == std::string("f")) {
      std::filesystem::remove(ground.source() + "/f");
    }
    return std::errc{};
  });
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.fs = &fs});
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].reason, std::errc::no_such_file_or_directory);
  EXPECT_EQ(names_below(ground.copy()), std::vector<std::string>{"g"});
}

}  // namespace
}  // namespace copytree
