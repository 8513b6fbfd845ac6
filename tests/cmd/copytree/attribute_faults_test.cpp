// Every call that has to do with attributes made to fail.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"
#include "support/acl.h"
#include "support/random_tree.h"
#include "support/tree_compare.h"

namespace copytree {
namespace {

using support::dir;
using support::fifo;
using support::file;
using support::symlink;
using support::with;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string list = support::acl_bytes("u::rwx,u:1000:rw-,g::r-x,m::rwx,o::---");

const support::tree sample = {
    with(dir("d"), {{"user.d", "1"}, {support::default_list, list}}),
    with(file("d/f", "content"), {{"user.f", "2"}, {support::access_list, list}}),
    file("g", "content"),
    symlink("l", "t"),
    with(fifo("p"), {{support::access_list, list}}),
};

// Fails the first call of its kind that concerns the name.
faulty_fs::decision once(call what, std::string on, std::errc reason) {
  return [=, done = false](call made, const char* name) mutable {
    if (done || made != what || (!on.empty() && (name == nullptr || on != name))) {
      return std::errc{};
    }
    done = true;
    return reason;
  };
}

struct fault_case {
  const char* name;
  call what;
  std::string on;
  std::errc reason;
  operation reported;
  std::string attribute;
  std::vector<std::string> lost;  // Parts of the lines that tell the difference.
};

const fault_case cases[] = {
    {"list of a file",
     call::list_attributes,
     "",
     std::errc::io_error,
     operation::list_attributes,
     "",
     {}},
    {"list too long",
     call::list_attributes,
     "",
     std::errc::argument_list_too_long,
     operation::list_attributes,
     "",
     {}},
    {"list of a link",
     call::list_attributes_at,
     "l",
     std::errc::io_error,
     operation::list_attributes,
     "",
     {}},
    {"value",
     call::get_attribute,
     "user.f",
     std::errc::io_error,
     operation::get_attribute,
     "user.f",
     {"./d/f: attribute user.f"}},
    {"value of a fifo's list",
     call::get_attribute_at,
     support::access_list,
     std::errc::io_error,
     operation::get_attribute,
     support::access_list,
     {"./p: mode", "./p: attribute"}},
    {"attribute, disk full",
     call::set_attribute,
     "user.f",
     std::errc::no_space_on_device,
     operation::set_attribute,
     "user.f",
     {"./d/f: attribute user.f"}},
    {"attribute too large",
     call::set_attribute,
     "user.d",
     std::errc::argument_list_too_long,
     operation::set_attribute,
     "user.d",
     {"./d: attribute user.d"}},
    {"quota",
     call::set_attribute,
     "user.d",
     std::errc{EDQUOT},
     operation::set_attribute,
     "user.d",
     {"./d: attribute user.d"}},
    {"list of a file, disk full",
     call::set_attribute,
     support::access_list,
     std::errc::no_space_on_device,
     operation::set_mode,
     "",
     {"./d/f: mode", "./d/f: attribute"}},
    {"list of a file, not to be had",
     call::set_attribute,
     support::access_list,
     std::errc::not_supported,
     operation::set_mode,
     "",
     {"./d/f: mode", "./d/f: attribute"}},
    {"default list",
     call::set_attribute,
     support::default_list,
     std::errc::not_supported,
     operation::set_mode,
     "",
     {"./d: attribute"}},
    {"list of a fifo",
     call::set_attribute_at,
     support::access_list,
     std::errc::io_error,
     operation::set_mode,
     "",
     {"./p: mode", "./p: attribute"}},
};

class copy_with_faulty_attributes : public testing::Test {
 protected:
  void SetUp() override {
    const support::tree_means means = support::means_in(support::temp_dir().path());
    if (!means.user_attributes || !means.access_lists) GTEST_SKIP() << "no attributes here";
  }
};

TEST_F(copy_with_faulty_attributes, names_the_entry_and_copies_the_rest) {
  for (const fault_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground(sample);
    faulty_fs fs(once(c.what, c.on, c.reason));
    const copy_result result =
        copy_now({ground.source()}, ground.copy(), {.fs = &fs, .executor = {"serial", 1}});
    ASSERT_THAT(result.errors, SizeIs(1));
    EXPECT_EQ(result.errors[0].what, c.reported);
    EXPECT_EQ(result.errors[0].reason, c.reason);
    EXPECT_EQ(result.errors[0].attribute, c.attribute);
    EXPECT_EQ(result.what.errors, 1u);
    EXPECT_EQ(names_below(ground.copy()).size(), sample.size());
    if (c.what == call::list_attributes) continue;  // Of whichever file comes first.
    const auto found = support::differences(ground.source(), ground.copy());
    EXPECT_THAT(found, SizeIs(c.lost.size()));
    for (const std::string& lost : c.lost) EXPECT_THAT(found, Contains(HasSubstr(lost)));
  }
}

TEST_F(copy_with_faulty_attributes, says_when_an_inherited_list_stays) {
  struct {
    call what;
    std::string name;
    std::size_t errors;
  } const faults[] = {
      {call::remove_attribute, support::access_list, 1},     // A file's.
      {call::remove_attribute_at, support::access_list, 1},  // A FIFO's.
  };
  for (const auto& c : faults) {
    const playground ground({file("f", "x"), fifo("p")});
    support::make_tree(ground.path(""), {with(dir("copy"), {{support::default_list, list}})});
    faulty_fs fs(once(c.what, c.name, std::errc::io_error));
    const copy_result result =
        copy_now({ground.source() + "/f", ground.source() + "/p"}, ground.copy(), {.fs = &fs});
    EXPECT_THAT(result.errors, SizeIs(c.errors));
    EXPECT_EQ(result.errors[0].what, operation::set_mode);
    EXPECT_THAT(names_below(ground.copy()), SizeIs(2));
  }
}

// What is made in the directory would inherit in turn; each then loses it by itself.
TEST_F(copy_with_faulty_attributes, a_directory_that_keeps_an_inherited_list_passes_on_no_rights) {
  const playground ground({dir("d"), file("d/f", "x")});
  support::make_tree(ground.path(""), {with(dir("copy"), {{support::default_list, list}})});
  faulty_fs fs(once(call::remove_attribute, support::default_list, std::errc::io_error));
  const copy_result result = copy_now({ground.source() + "/d"}, ground.copy(), {.fs = &fs});
  EXPECT_THAT(result.errors, IsEmpty()) << "the second attempt, at the end, has worked";
  EXPECT_THAT(support::differences(ground.source() + "/d", ground.copy() + "/d"), IsEmpty());
}

TEST(copy_with_a_fault, names_a_link_whose_owner_cannot_be_set) {
  const playground ground({symlink("l", "t"), file("f", "x")});
  std::filesystem::create_directory(ground.copy());
  faulty_fs fs(once(call::set_owner_at, "", std::errc::io_error));
  const copy_result result =
      copy_now({ground.source() + "/l", ground.source() + "/f"}, ground.copy(), {.fs = &fs});
  ASSERT_THAT(result.errors, SizeIs(1));
  EXPECT_EQ(result.errors[0].what, operation::set_owner);
  EXPECT_THAT(names_below(ground.copy()), SizeIs(2));
}

}  // namespace
}  // namespace copytree
