// Files that get their names when they are complete, and what is left if they never are.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "copytree/system/temporary_name.h"
#include "support/spawn.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::differences;
using support::dir;
using support::fifo;
using support::file;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;

options atomically() {
  options how;
  how.atomic = true;
  return how;
}

const support::tree sample = {
    file("f", "content"), dir("d"),  file("d/g", std::string(500'000, 'x')),
    symlink("l", "f"),    fifo("p"), file("empty")};

// With and without O_TMPFILE.
faulty_fs::decision unnamed(bool has_them) {
  return [=](call what, const char*) {
    return what == call::open_unnamed && !has_them ? std::errc::not_supported : std::errc{};
  };
}

// Not even a file that would otherwise be written anew where it stands.
TEST(atomic_copy, overwrites_nothing) {
  for (const bool has_them : {true, false}) {
    for (const existing way : {existing::overwrite, existing::force}) {
      const playground ground({file("new", "new"), file("old", "old")});
      const working_directory here(ground.source());
      std::filesystem::create_hard_link("old", "twin");
      std::filesystem::create_symlink("twin", "link");
      faulty_fs fs(unnamed(has_them));
      options how = atomically();
      how.when_existing = way;
      how.preserve.links = false;
      EXPECT_THAT(copy_now({"new"}, "old", {.fs = &fs, .how = how}).errors, IsEmpty());
      EXPECT_THAT(copy_now({"new"}, "link", {.fs = &fs, .how = how}).errors, IsEmpty());
      EXPECT_EQ(content_of("old"), "new");
      EXPECT_EQ(content_of("link"), "new");
      EXPECT_EQ(content_of("twin"), "old");
    }
  }
}

TEST(atomic_copy, is_as_any_other) {
  for (const bool has_them : {true, false}) {
    for (const executor_kind& kind : executor_kinds()) {
      const playground ground(sample);
      faulty_fs fs(unnamed(has_them));
      const copy_setup setup = {.fs = &fs, .executor = kind, .how = atomically()};
      EXPECT_THAT(copy_now({ground.source()}, ground.copy(), setup).errors, IsEmpty());
      EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
      // And over what is there.
      EXPECT_THAT(copy_now({ground.source() + "/."}, ground.copy(), setup).errors, IsEmpty());
      EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
    }
  }
}

// As soon as a file has its name it has its content and attributes.
TEST(atomic_copy, shows_no_file_that_is_not_complete) {
  for (const bool has_them : {true, false}) {
    const playground ground({file("f", "content", 0604)});
    bool seen = false;
    faulty_fs fs([&](call what, const char*) {
      if (exists(ground.copy() + "/f")) {
        seen = true;
        EXPECT_EQ(content_of(ground.copy() + "/f"), "content");
        EXPECT_EQ(status_of(ground.copy() + "/f").st_mode & 07777, 0604u);
        EXPECT_EQ(status_of(ground.copy() + "/f").st_mtim.tv_sec, 1'000'000'000);
      }
      return what == call::open_unnamed && !has_them ? std::errc::not_supported : std::errc{};
    });
    copy_now({ground.source()}, ground.copy(),
             {.fs = &fs, .executor = {"serial", 1}, .how = atomically()});
    EXPECT_TRUE(seen);
  }
}

TEST(atomic_copy, asks_a_file_system_once_for_what_it_has_not) {
  const playground ground({file("f", "x"), file("g", "x"), file("h", "x")});
  faulty_fs fs(unnamed(false));
  copy_now({ground.source()}, ground.copy(),
           {.fs = &fs, .executor = {"serial", 1}, .how = atomically()});
  EXPECT_EQ(fs.calls(call::open_unnamed), 1);
}

TEST(atomic_copy, leaves_nothing_of_a_file_that_fails) {
  for (const call what : {call::write, call::name_file, call::rename}) {
    const bool has_them = what == call::name_file;
    const playground ground({file("f", "x"), file("g", "y")});
    faulty_fs fs([&, done = false](call made, const char*) mutable {
      if (made == call::open_unnamed && !has_them) return std::errc::not_supported;
      if (done || made != what) return std::errc{};
      done = true;
      return std::errc::no_space_on_device;
    });
    const copy_result result =
        copy_now({ground.source()}, ground.copy(),
                 {.fs = &fs, .executor = {"serial", 1}, .how = atomically()});
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(names_below(ground.copy()).size(), 1u);
    EXPECT_FALSE(exists(result.errors[0].destination));
  }
}

TEST(atomic_copy, replaces_what_else_would_be_written_into) {
  for (const existing change : {existing::overwrite, existing::force, existing::remove}) {
    for (const bool has_them : {true, false}) {
      const playground ground({file("f", "new")});
      support::make_tree(ground.path(""), {dir("copy"), file("copy/f", "old")});
      std::filesystem::create_hard_link(ground.copy() + "/f", ground.path("other name"));
      faulty_fs fs(unnamed(has_them));
      options how = atomically();
      how.when_existing = change;
      const copy_result result =
          copy_now({ground.source() + "/f"}, ground.copy(), {.fs = &fs, .how = how});
      EXPECT_THAT(result.errors, IsEmpty());
      EXPECT_EQ(content_of(ground.copy() + "/f"), "new");
      EXPECT_EQ(content_of(ground.path("other name")), "old");
      EXPECT_EQ(names_below(ground.copy()).size(), 1u);
    }
  }
}

TEST(atomic_copy, does_not_write_over_what_must_stay) {
  const playground ground({file("f", "new")});
  support::make_tree(ground.path(""), {dir("copy"), file("copy/f", "old")});
  options how = atomically();
  how.new_only = true;
  const copy_result result = copy_now({ground.source() + "/f"}, ground.copy(), {.how = how});
  EXPECT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(content_of(ground.copy() + "/f"), "old");
  EXPECT_EQ(names_below(ground.copy()).size(), 1u);
}

struct name_case {
  const char* name;
  std::optional<pid_t> maker;
};

TEST(temporary_name, tells_who_made_it) {
  const name_case cases[] = {
      {".copytree-12-0~", 12},  {".copytree-1-345~", 1},
      {".copytree-12-0", {}},   {"copytree-12-0~", {}},
      {".copytree-12~", {}},    {".copytree--0~", {}},
      {".copytree-012-0~", {}}, {".copytree-12-00~", {}},
      {".copytree-12-0~~", {}}, {".copytree-12-0-1~", {}},
      {".copytree-0-0~", {}},   {".copytree-99999999999-0~", {}},
      {".copytree-12-+1~", {}}, {"", {}},
      {".copytree-~", {}},      {".copytree-12-~", {}},
      {".copytree- 12-0~", {}},
  };
  for (const name_case& c : cases) EXPECT_EQ(maker_of(c.name), c.maker) << c.name;
  EXPECT_EQ(maker_of(temporary_name()), ::getpid());
  EXPECT_NE(temporary_name(), temporary_name());
}

// A process that was and is no more; its number is not given again for a long time.
pid_t ended_process() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return child;
}

std::string temporary_of(pid_t maker) {
  return ".copytree-" + std::to_string(maker) + "-7~";
}

class leftover_test : public testing::Test {
 protected:
  copy_result resume(file_system* fs = nullptr) {
    options how;
    how.only = update::same;
    return copy_now({ground_.source() + "/."}, ground_.copy(), {.fs = fs, .how = how});
  }

  void SetUp() override {
    copy_now({ground_.source()}, ground_.copy());
    support::make_tree(ground_.copy(), {file("d/" + left_, "part")});
  }

  playground ground_{{dir("d"), file("d/f", "x")}};
  const std::string left_ = temporary_of(ended_process());
};

TEST_F(leftover_test, is_removed_by_the_next_run_that_resumes) {
  support::make_tree(ground_.copy(), {symlink(left_, "nowhere"), file("d/.copytree-x~", "mine")});
  EXPECT_THAT(resume().errors, IsEmpty());
  EXPECT_THAT(names_below(ground_.copy()), ElementsAre("d", "d/.copytree-x~", "d/f"));
}

TEST_F(leftover_test, stays_in_any_other_run) {
  EXPECT_THAT(copy_now({ground_.source() + "/."}, ground_.copy()).errors, IsEmpty());
  EXPECT_TRUE(exists(ground_.copy() + "/d/" + left_));
}

TEST_F(leftover_test, is_none_while_its_maker_lives) {
  const std::string mine = "/d/" + temporary_of(::getppid());
  support::make_tree(ground_.copy(), {file(mine.substr(1), "part")});
  EXPECT_THAT(resume().errors, IsEmpty());
  EXPECT_TRUE(exists(ground_.copy() + mine));
}

TEST_F(leftover_test, is_none_while_somebody_holds_it) {
  const support::unique_fd held(
      ::open((ground_.copy() + "/d/" + left_).c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_EQ(::flock(held.get(), LOCK_EX), 0);
  EXPECT_THAT(resume().errors, IsEmpty());
  EXPECT_TRUE(exists(ground_.copy() + "/d/" + left_));
}

TEST_F(leftover_test, is_none_if_the_source_has_it_too) {
  support::make_tree(ground_.source(), {file("d/" + left_, "part")});
  EXPECT_THAT(resume().errors, IsEmpty());
  EXPECT_EQ(content_of(ground_.copy() + "/d/" + left_), "part");
}

TEST_F(leftover_test, is_never_a_directory) {
  support::make_tree(ground_.copy(), {dir(left_)});
  EXPECT_THAT(resume().errors, IsEmpty());
  EXPECT_TRUE(exists(ground_.copy() + "/" + left_));
}

class no_removal final : public file_system {
  os_result<void> remove(at) override {
    return par::unexpected<std::errc>(std::errc::operation_not_permitted);
  }
};

TEST_F(leftover_test, that_cannot_be_removed_is_reported) {
  no_removal fs;
  const copy_result result = resume(&fs);
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].what, operation::remove_leftover);
  EXPECT_EQ(result.errors[0].destination, ground_.copy() + "/./d/" + left_);
}

// So it is held as long as it is in the making.
TEST(replacement, is_locked_until_it_is_complete) {
  const playground ground({file("f", "new")});
  support::make_tree(ground.path(""), {dir("copy"), file("copy/f", "old")});
  bool looked = false;
  faulty_fs fs([&](call what, const char*) {
    if (what != call::write) return std::errc{};
    for (const std::string& name : names_below(ground.copy())) {
      if (!maker_of(name)) continue;
      const support::unique_fd other(
          ::open((ground.copy() + "/" + name).c_str(), O_RDONLY | O_CLOEXEC));
      EXPECT_EQ(::flock(other.get(), LOCK_EX | LOCK_NB), -1);
      looked = true;
    }
    return std::errc{};
  });
  copy_now({ground.source() + "/f"}, ground.copy(), {.fs = &fs, .executor = {"serial", 1}});
  EXPECT_TRUE(looked);
}

}  // namespace
}  // namespace copytree
