// Every call of a copy made to fail.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::differences;
using support::dir;
using support::fifo;
using support::file;
using support::hard_link;
using support::symlink;
using testing::ElementsAre;
using testing::IsEmpty;

const support::tree sample = {
    file("f1", "content"),  file("f2", "content"), dir("d"),
    file("d/f", "content"), symlink("l", "t"),     fifo("p"),
    file("h", "link"),      hard_link("d/h", "h"), dir("e"),
};

struct fault_case {
  const char* name;
  call what;
  std::string on;  // Only calls with this name; "" means any.
  std::errc reason;
  operation reported;
  std::vector<std::string> missing;  // From the copy. {"?"}: the one that the error names.
};

const fault_case cases[] = {
    {"file not readable",
     call::open,
     "f1",
     std::errc::permission_denied,
     operation::open_source,
     {"f1"}},
    {"directory not readable",
     call::open,
     "d",
     std::errc::permission_denied,
     operation::open_source_directory,
     {"d", "d/f", "d/h"}},
    {"too many open files",
     call::open,
     "f2",
     std::errc::too_many_files_open,
     operation::open_source,
     {"f2"}},
    {"symlink vanished",
     call::status_at,
     "l",
     std::errc::no_such_file_or_directory,
     operation::stat_source,
     {"l"}},
    {"symlink not readable",
     call::read_link,
     "l",
     std::errc::io_error,
     operation::read_link,
     {"l"}},
    {"read error", call::read, "", std::errc::io_error, operation::read_data, {"?"}},
    {"disk full", call::write, "", std::errc::no_space_on_device, operation::write_data, {"?"}},
    {"disk full, told late",
     call::close,
     "",
     std::errc::no_space_on_device,
     operation::write_data,
     {"?"}},
    {"no directory",
     call::make_directory,
     "e",
     std::errc::no_space_on_device,
     operation::create_directory,
     {"e"}},
    {"no symlink",
     call::make_symlink,
     "l",
     std::errc::operation_not_permitted,
     operation::create_symlink,
     {"l"}},
    {"no fifo",
     call::make_node,
     "p",
     std::errc::operation_not_permitted,
     operation::create_fifo,
     {"p"}},
    {"no link", call::make_link, "", std::errc::too_many_links, operation::create_hard_link, {"?"}},
    {"no times", call::set_times, "", std::errc::io_error, operation::set_times, {}},
    {"no times of link", call::set_times_at, "", std::errc::io_error, operation::set_times, {}},
    {"no mode", call::set_mode, "", std::errc::operation_not_permitted, operation::set_mode, {}},
    {"no mode of fifo", call::set_mode_at, "", std::errc::io_error, operation::set_mode, {}},
};

// Fails the first call that fits; of close, the first after something was written.
faulty_fs::decision once(call what, std::string on, std::errc reason) {
  return [=, done = false, written = false](call made, const char* name) mutable {
    written = written || made == call::write;
    if (done || made != what || (!on.empty() && (name == nullptr || on != name)) ||
        (what == call::close && !written)) {
      return std::errc{};
    }
    done = true;
    return reason;
  };
}

std::vector<std::string> missing_names(const playground& ground) {
  const std::vector<std::string> wanted = names_below(ground.source());
  const std::vector<std::string> there = names_below(ground.copy());
  std::vector<std::string> missing;
  std::set_difference(wanted.begin(), wanted.end(), there.begin(), there.end(),
                      std::back_inserter(missing));
  return missing;
}

// Serial, so that the one call that fails is the same each time.
TEST(copy_with_a_fault, names_the_entry_copies_the_rest_and_leaves_nothing_partial) {
  for (const fault_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground(sample);
    faulty_fs fs(once(c.what, c.on, c.reason));
    const copy_result result =
        copy_now({ground.source()}, ground.copy(), {.fs = &fs, .executor = {"serial", 1}});
    ASSERT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(result.errors[0].what, c.reported);
    EXPECT_EQ(result.errors[0].reason, c.reason);
    EXPECT_EQ(result.what.errors, 1u);
    std::vector<std::string> missing = c.missing;
    if (missing == std::vector<std::string>{"?"}) {
      missing = {result.errors[0].destination.substr(ground.copy().size() + 1)};
    }
    EXPECT_EQ(missing_names(ground), missing);
    EXPECT_EQ(names_below(ground.copy()).size() + missing.size(), sample.size());
    if (c.missing.empty()) {
      EXPECT_EQ(content_of(ground.copy() + "/f1"), "content");
    }
  }
}

TEST(copy_with_a_fault, leaves_the_old_file_when_the_new_cannot_be_completed) {
  const std::pair<call, std::errc> faults[] = {{call::write, std::errc::no_space_on_device},
                                               {call::read, std::errc::io_error},
                                               {call::rename, std::errc::io_error}};
  for (const auto& [what, reason] : faults) {
    const playground ground({file("f", "new")});
    support::make_tree(ground.path(""), {file("to", "old")});
    faulty_fs fs(once(what, "", reason));
    const copy_result result = copy_now({ground.source() + "/f"}, ground.path("to"), {.fs = &fs});
    EXPECT_EQ(result.errors.size(), 1u);
    EXPECT_EQ(content_of(ground.path("to")), "old");
    EXPECT_EQ(names_below(ground.path("")).size(), 3u) << "a temporary file was left behind";
  }
}

TEST(copy_with_a_fault, after_a_failed_first_name_the_others_are_still_copied) {
  const playground ground({file("a", "x"), hard_link("b", "a"), hard_link("c", "a")});
  faulty_fs fs(once(call::write, "", std::errc::io_error));
  const copy_result result =
      copy_now({ground.source()}, ground.copy(), {.fs = &fs, .executor = {"serial", 1}});
  EXPECT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(names_below(ground.copy()).size(), 2u);
  EXPECT_EQ(result.what.files, 1u);
  EXPECT_EQ(result.what.hard_links, 1u);
}

TEST(copy_with_a_fault, repeats_what_a_signal_has_interrupted) {
  support::tree tree = sample;
  tree.push_back(file("long", std::string(1'000'000, 'x')));
  const playground ground(tree);
  std::atomic<unsigned> count{0};
  faulty_fs fs([&](call what, const char*) {
    const bool interruptible = what == call::open || what == call::read || what == call::write ||
                               what == call::copy_range || what == call::clone;
    return interruptible && ++count % 2 == 1 ? std::errc::interrupted : std::errc{};
  });
  EXPECT_THAT(copy_now({ground.source()}, ground.copy(), {.fs = &fs}).errors, IsEmpty());
  EXPECT_THAT(differences(ground.source(), ground.copy()), IsEmpty());
  EXPECT_GT(count, 20u);
}

}  // namespace
}  // namespace copytree
