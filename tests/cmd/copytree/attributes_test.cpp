#include "copytree/attributes/attributes.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "cmd/copytree/noting_fs.h"
#include "support/acl.h"

namespace copytree {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

file_status status_with(mode_t type_and_mode) {
  file_status status{};
  status.st_mode = type_and_mode;
  status.st_uid = 7;
  status.st_gid = 8;
  return status;
}

struct setup {
  mode_t type_and_mode = S_IFREG | 04755;
  copy_state state = {};
  attribute_rules rules = {.wanted = {}, .privileged = true};
};

std::vector<attribute_error> set(noting_fs& fs, const setup& with, copy_methods& methods) {
  return set_attributes({fs, noted_source}, status_with(with.type_and_mode), {fs, noted_copy},
                        with.state, with.rules, methods);
}

std::vector<attribute_error> set(noting_fs& fs, const setup& with = {}) {
  copy_methods methods;
  return set(fs, with, methods);
}

const std::string access_name = "system.posix_acl_access";
const std::string default_name = "system.posix_acl_default";

TEST(set_attributes, sets_the_owner_first_and_the_mode_last) {
  noting_fs fs;
  fs.attributes = {{"user.a", "1"}, {"security.capability", "c"}, {access_name, "list"}};
  EXPECT_THAT(set(fs), IsEmpty());
  EXPECT_THAT(fs.calls, ElementsAre("owner", "security.capability", "user.a", "times", access_name,
                                    "mode 4755"));
}

TEST(set_attributes, leaves_an_owner_alone_that_is_right) {
  noting_fs fs;
  set(fs, {.state = {.present = owner{.user = 7, .group = 8}}});
  EXPECT_THAT(fs.calls, ElementsAre("times", "mode 4755"));
  fs.calls.clear();
  set(fs, {.state = {.present = owner{.user = 7, .group = 9}}});
  EXPECT_THAT(fs.calls, ElementsAre("owner", "times", "mode 4755"));
}

struct refusal_case {
  std::errc reason;
  bool privileged;
  bool is_error;
};

const refusal_case refusals[] = {
    {std::errc::operation_not_permitted, false, false},
    {std::errc::invalid_argument, false, false},
    {std::errc::io_error, false, true},
    {std::errc::operation_not_permitted, true, true},
};

TEST(set_attributes, grants_no_special_rights_to_a_wrong_owner) {
  for (const refusal_case& c : refusals) {
    SCOPED_TRACE(static_cast<int>(c.reason));
    noting_fs fs;
    fs.owner_refusal = c.reason;
    const auto errors = set(fs, {.rules = {.wanted = {}, .privileged = c.privileged}});
    EXPECT_THAT(errors, SizeIs(c.is_error ? 1 : 0));
    EXPECT_EQ(fs.calls.back(), "mode 0755");
    EXPECT_EQ(fs.calls[1], c.is_error ? "times" : "group");
  }
}

TEST(set_attributes, keeps_the_rights_in_an_old_file_from_its_new_owner) {
  noting_fs fs;
  set(fs, {.type_and_mode = S_IFREG | 0664, .state = {.is_new = false, .mode = 04752}});
  EXPECT_THAT(fs.calls,
              ElementsAre("mode 0600", "owner", "times", "no more " + access_name, "mode 0664"));
}

TEST(set_attributes, makes_a_read_only_file_writable_while_a_user_writes_its_attributes) {
  constexpr preserved xattrs_only = {
      .mode = false, .owner = false, .times = false, .context = false};
  struct {
    const char* name;
    copy_state state;
    attribute_rules rules;
    std::vector<std::string> calls;
  } const cases[] = {
      {"old",
       {.is_new = false, .mode = 0444},
       {.wanted = xattrs_only},
       {"mode 0600", "user.a", "mode 0444"}},
      {"old, root's",
       {.is_new = false, .mode = 0444},
       {.wanted = xattrs_only, .privileged = true},
       {"user.a"}},
      {"old and writable", {.is_new = false, .mode = 0644}, {.wanted = xattrs_only}, {"user.a"}},
      {"inherits",
       {.inherits = true},
       {.wanted = {.owner = false, .times = false}},
       {"mode 0600", "user.a", "no more " + access_name, "mode 0640"}},
      {"inherits for good", {.inherits = true}, {.wanted = xattrs_only}, {"user.a"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    noting_fs fs;
    fs.attributes = {{"user.a", "1"}};
    set(fs, {.type_and_mode = S_IFREG | 0640, .state = c.state, .rules = c.rules});
    EXPECT_EQ(fs.calls, c.calls);
  }
}

TEST(set_attributes, sets_only_what_is_wanted) {
  const preserved nothing = {
      .mode = false, .owner = false, .times = false, .xattrs = false, .context = false};
  struct {
    const char* name;
    preserved wanted;
    std::vector<std::string> calls;
  } const cases[] = {
      {"nothing", nothing, {"mode 0640"}},
      {"times",
       {.mode = false, .owner = false, .xattrs = false, .context = false},
       {"times", "mode 0640"}},
      {"attributes",
       {.mode = false, .owner = false, .times = false, .context = false},
       {"user.a", "mode 0640"}},
      {"context",
       {.mode = false, .owner = false, .times = false, .xattrs = false},
       {"security.selinux", "mode 0640"}},
      {"mode",
       {.owner = false, .times = false, .xattrs = false, .context = false},
       {access_name, "mode 4762"}},
      {"owner",
       {.mode = false, .times = false, .xattrs = false, .context = false},
       {"owner", "mode 0640"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    noting_fs fs;
    fs.attributes = {
        {"user.a", "1"}, {"security.selinux", "s"}, {"security.evm", "e"}, {access_name, "list"}};
    set(fs, {.type_and_mode = S_IFREG | 04762,
             .rules = {.wanted = c.wanted, .umask = 0137, .privileged = true}});
    EXPECT_EQ(fs.calls, c.calls);
  }
}

TEST(set_attributes, does_not_ask_for_attributes_that_nobody_wants) {
  noting_fs fs;
  set(fs, {.rules = {.wanted = {.mode = false, .xattrs = false, .context = false}}});
  EXPECT_EQ(fs.lists, 0);
}

TEST(set_attributes, takes_away_the_lists_that_the_source_does_not_have) {
  const std::string no_access = "no more " + access_name;
  const std::string no_default = "no more " + default_name;
  struct {
    const char* name;
    mode_t type;
    copy_state state;
    bool default_mode;
    std::vector<std::string> calls;
  } const cases[] = {
      {"new file", S_IFREG, {}, false, {"mode 0755"}},
      {"new file that inherits", S_IFREG, {.inherits = true}, false, {no_access, "mode 0755"}},
      {"old file", S_IFREG, {.is_new = false}, false, {no_access, "mode 0755"}},
      {"old directory", S_IFDIR, {.is_new = false}, false, {no_access, no_default, "mode 0755"}},
      {"default mode", S_IFREG, {.inherits = true}, true, {no_access, "mode 0644"}},
      {"default mode of a directory", S_IFDIR, {.inherits = true}, true, {no_access, "mode 0755"}},
      {"default mode of an old file", S_IFREG, {.is_new = false}, true, {}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    noting_fs fs;
    set(fs, {.type_and_mode = c.type | 0755,
             .state = c.state,
             .rules = {.wanted = {.mode = !c.default_mode,
                                  .owner = false,
                                  .times = false,
                                  .default_mode = c.default_mode}}});
    EXPECT_EQ(fs.calls, c.calls);
  }
}

TEST(set_attributes, gives_the_group_no_more_than_a_lost_list_did) {
  noting_fs fs;
  fs.attributes[access_name] = support::acl_bytes("u::rwx,u:1000:rw-,g::r-x,m::rw-,o::---");
  fs.refusals[access_name] = std::errc::no_space_on_device;
  const auto errors = set(fs, {.type_and_mode = S_IFREG | 0760});
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_EQ(errors[0].what, operation::set_mode);
  EXPECT_EQ(fs.calls.back(), "mode 0740");
}

TEST(set_attributes, says_only_once_that_permissions_are_lost) {
  noting_fs fs;
  fs.attributes = {{access_name, "1"}, {default_name, "2"}};
  fs.refusals = {{access_name, std::errc::operation_not_permitted},
                 {default_name, std::errc::operation_not_permitted}};
  EXPECT_THAT(set(fs, {.type_and_mode = S_IFDIR | 0755}), SizeIs(1));
}

TEST(set_attributes, copies_long_lists_and_values) {
  noting_fs fs;
  for (int i = 0; i < 200; ++i) {
    fs.attributes["user.some-longer-name-" + std::to_string(i)] = std::string(20 * i, 'v');
  }
  EXPECT_THAT(set(fs), IsEmpty());
  EXPECT_THAT(fs.calls, SizeIs(203));
}

TEST(set_attributes, passes_over_what_has_gone_from_the_source) {
  noting_fs fs;
  fs.attributes = {{"user.a", "gone"}, {"user.b", "1"}, {access_name, "gone"}};
  EXPECT_THAT(set(fs), IsEmpty());
  EXPECT_THAT(fs.calls, ElementsAre("owner", "user.b", "times", "mode 4755"));
}

struct silence_case {
  const char* name;
  std::string attribute;
  std::errc reason;
  preserved wanted;
  bool privileged;
  std::vector<operation> reported;
};

constexpr std::errc unsupported = std::errc::not_supported;
constexpr std::errc prohibited = std::errc::operation_not_permitted;
const preserved archive = {};
const preserved needed = {.xattrs_needed = true, .context_needed = true};
const preserved if_possible = {.xattrs_if_possible = true};

const silence_case silences[] = {
    {"not to be had", "user.a", unsupported, archive, true, {}},
    {"needed", "user.a", unsupported, needed, true, {operation::set_attributes}},
    {"disk full",
     "user.a",
     std::errc::no_space_on_device,
     archive,
     true,
     {operation::set_attribute}},
    {"disk full, as cp -a", "user.a", std::errc::no_space_on_device, if_possible, true, {}},
    {"too big",
     "user.a",
     std::errc::argument_list_too_long,
     archive,
     false,
     {operation::set_attribute}},
    {"not allowed", "user.a", prohibited, archive, false, {operation::set_attribute}},
    {"capability of a user", "security.capability", prohibited, archive, false, {}},
    {"capability of root",
     "security.capability",
     prohibited,
     archive,
     true,
     {operation::set_attribute}},
    {"capability needed",
     "security.capability",
     prohibited,
     needed,
     false,
     {operation::set_attribute}},
    {"context", "security.selinux", std::errc::invalid_argument, archive, true, {}},
    {"context on a full disk",
     "security.selinux",
     std::errc::no_space_on_device,
     archive,
     true,
     {operation::set_attribute}},
    {"context needed",
     "security.selinux",
     std::errc::invalid_argument,
     needed,
     true,
     {operation::set_attribute}},
    {"list", access_name, unsupported, archive, true, {operation::set_mode}},
};

TEST(set_attributes, tells_what_is_lost_and_no_more) {
  for (const silence_case& c : silences) {
    SCOPED_TRACE(c.name);
    noting_fs fs;
    fs.attributes = {{c.attribute, "value"}, {"trusted.z", "z"}};
    fs.refusals[c.attribute] = c.reason;
    const auto errors = set(fs, {.rules = {.wanted = c.wanted, .privileged = c.privileged}});
    std::vector<operation> reported;
    for (const attribute_error& error : errors) reported.push_back(error.what);
    EXPECT_EQ(reported, c.reported);
    EXPECT_THAT(fs.calls, testing::Contains("trusted.z")) << "the rest is to be copied";
  }
}

TEST(set_attributes, remembers_what_file_systems_do_not_have) {
  noting_fs fs;
  copy_methods methods;
  fs.attributes = {{"user.a", "1"}, {"user.b", "2"}, {"trusted.c", "3"}};
  fs.refusals["user.a"] = unsupported;
  set(fs, {}, methods);
  EXPECT_THAT(fs.calls, ElementsAre("owner", "trusted.c", "not user.a", "times", "mode 4755"));
  fs.calls.clear();
  EXPECT_THAT(set(fs, {.rules = {.wanted = needed, .privileged = true}}, methods), SizeIs(1))
      << "but tells it of each file where that is needed";
  EXPECT_THAT(fs.calls, ElementsAre("owner", "trusted.c", "times", "mode 4755"));

  fs.list_refusal = unsupported;
  fs.lists = 0;
  EXPECT_THAT(set(fs, {}, methods), IsEmpty());
  EXPECT_THAT(set(fs, {}, methods), IsEmpty());
  EXPECT_EQ(fs.lists, 1);
}

TEST(set_attributes, reports_a_list_that_cannot_be_read) {
  noting_fs fs;
  fs.list_refusal = std::errc::io_error;
  const auto errors = set(fs);
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_EQ(errors[0].what, operation::list_attributes);
  EXPECT_EQ(fs.calls.back(), "mode 4705") << "there may have been an access control list";
}

}  // namespace
}  // namespace copytree
