// Calls that fail while something at the destination is dealt with: it is named, the rest arrives,
// and nothing that stood there is lost.
#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using support::symlink;

// "d" is copied to where another "d" stands.
const support::tree source_tree = {dir("d"), file("d/f", "new"), file("d/rest", "new")};
const support::tree there = {dir("d"), file("d/f", "old"), file("d/rest", "old"),
                             file("elsewhere", "old")};
const support::tree link_there = {dir("d"), symlink("d/f", "../elsewhere"), file("d/rest", "old"),
                                  file("elsewhere", "old")};

options with(existing way, backup kind = backup::none, substitute instead = substitute::none,
             follow_links follow = follow_links::never) {
  options how = {.follow = follow, .when_existing = way, .keep_backup = kind, .instead = instead};
  return how;
}

struct fault_case {
  const char* name;
  const support::tree& there;
  options how;
  call what;
  std::string on;
  operation reported;
};

const fault_case cases[] = {
    {"not to be looked at", there, with(existing::replace), call::status_at, "f",
     operation::stat_destination},
    {"link not to be followed", link_there, with(existing::overwrite), call::status_following, "f",
     operation::stat_destination},
    {"not to be removed", there, with(existing::remove), call::remove, "f",
     operation::remove_destination},
    {"not to be opened", there, with(existing::overwrite), call::open, "f",
     operation::open_source},  // The first to be opened under that name.
    {"not to be opened behind a link", link_there, with(existing::overwrite), call::open_following,
     "f", operation::create_file},
    {"not to be emptied", there, with(existing::overwrite), call::truncate, "",
     operation::create_file},
    {"no simple backup", there, with(existing::overwrite, backup::simple), call::rename, "f~",
     operation::set_aside},
    {"no numbered backup", there, with(existing::overwrite, backup::numbered), call::rename_new,
     "f.~1~", operation::set_aside},
    {"backups not to be counted", there, with(existing::overwrite, backup::numbered), call::open,
     ".", operation::set_aside},
    {"no copy beside a backup", there, with(existing::overwrite, backup::simple), call::write, "",
     operation::write_data},
    {"no link", there, with(existing::replace, backup::none, substitute::hard_link),
     call::make_link, "f", operation::create_hard_link},
    {"no link to what is followed", there,
     with(existing::replace, backup::none, substitute::hard_link, follow_links::always),
     call::make_link_following, "f", operation::create_hard_link},
};

TEST(existing_faults, are_reported_and_lose_nothing) {
  for (const fault_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground(source_tree);
    std::filesystem::create_directory(ground.copy());
    support::make_tree(ground.copy(), c.there);
    bool failed = false;
    faulty_fs fs([&](call what, const char* name) {
      const bool hit =
          what == c.what && !failed && (c.on.empty() || (name != nullptr && name == c.on));
      failed = failed || hit;
      return hit ? std::errc::io_error : std::errc{};
    });
    const copy_result made = copy_now({ground.source() + "/d"}, ground.copy(),
                                      {.fs = &fs, .executor = {"serial", 1}, .how = c.how});
    ASSERT_TRUE(failed);
    ASSERT_EQ(made.errors.size(), 1u);
    EXPECT_EQ(made.errors[0].what, c.reported);
    EXPECT_EQ(made.errors[0].reason, std::errc::io_error);
    EXPECT_EQ(made.what.errors, 1u);
    const std::string hurt = made.errors[0].destination;
    EXPECT_EQ(content_of(hurt), "old");
    const std::string rest = ground.copy() + "/d/" + (hurt.ends_with("/f") ? "rest" : "f");
    EXPECT_EQ(content_of(rest), "new");
  }
}

// What cannot be opened for writing is removed, if that is allowed and can be done.
TEST(existing_faults, force_removes_what_is_not_to_be_opened) {
  const playground ground({dir("d"), file("d/f", "new")});
  std::filesystem::create_directory(ground.copy());
  support::make_tree(ground.copy(), link_there);
  for (const bool removable : {false, true}) {
    faulty_fs fs([&](call what, const char* name) {
      if (name == nullptr || std::string(name) != "f") return std::errc{};
      if (what == call::open_following) return std::errc::permission_denied;
      if (what == call::remove && !removable) return std::errc::operation_not_permitted;
      return std::errc{};
    });
    options how = with(existing::force);
    how.list_entries = true;
    const copy_result made =
        copy_now({ground.source() + "/d"}, ground.copy(), {.fs = &fs, .how = how});
    ASSERT_EQ(made.errors.size(), removable ? 0u : 1u);
    EXPECT_EQ(content_of(ground.copy() + "/elsewhere"), "old");
    EXPECT_EQ(content_of(ground.copy() + "/d/f"), removable ? "new" : "old");
    if (removable) {
      EXPECT_EQ(made.list[1], "removed " + ground.copy() + "/d/f");
    } else {
      EXPECT_EQ(made.errors[0].what, operation::remove_destination);
    }
  }
}

// Between looking and opening somebody puts another file there: it is not written into.
TEST(existing_faults, a_file_that_was_exchanged_meanwhile_is_not_touched) {
  const playground ground({dir("d"), file("d/f", "new")});
  std::filesystem::create_directory(ground.copy());
  support::make_tree(ground.copy(), link_there);
  support::make_tree(ground.copy(), {file("victim", "precious")});
  faulty_fs fs([&](call what, const char* name) {
    if (what == call::open_following && name != nullptr && std::string(name) == "f") {
      std::filesystem::remove(ground.copy() + "/d/f");
      std::filesystem::create_symlink("../victim", ground.copy() + "/d/f");
    }
    return std::errc{};
  });
  const copy_result made = copy_now({ground.source() + "/d"}, ground.copy(),
                                    {.fs = &fs, .how = with(existing::overwrite)});
  ASSERT_EQ(made.errors.size(), 1u);
  EXPECT_EQ(made.errors[0].what, operation::create_file);
  EXPECT_EQ(content_of(ground.copy() + "/victim"), "precious");
  EXPECT_EQ(content_of(ground.copy() + "/elsewhere"), "old");
}

}  // namespace
}  // namespace copytree
