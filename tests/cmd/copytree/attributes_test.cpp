#include "copytree/attributes.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace copytree {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Notes the calls, and refuses to change owners if told to.
class noting_fs final : public file_system {
 public:
  std::errc owner_refusal{};
  std::vector<std::string> calls;

  os_result<void> set_owner(int, uid_t user, gid_t group) override {
    const bool only_group = user == static_cast<uid_t>(-1);
    calls.push_back(only_group ? "group" : "owner");
    if (owner_refusal != std::errc{}) return par::unexpected<std::errc>(owner_refusal);
    static_cast<void>(group);
    return {};
  }
  os_result<void> set_times(int, const file_times&) override {
    calls.push_back("times");
    return {};
  }
  os_result<void> set_mode(int, mode_t mode) override {
    calls.push_back("mode " + std::to_string(mode));
    return {};
  }
};

file_status status_with(mode_t mode) {
  file_status status{};
  status.st_mode = S_IFREG | mode;
  status.st_uid = 7;
  status.st_gid = 8;
  return status;
}

const std::string setuid_mode = "mode " + std::to_string(04755);
const std::string plain_mode = "mode " + std::to_string(0755);

TEST(set_attributes, sets_the_owner_before_the_mode) {
  noting_fs fs;
  EXPECT_THAT(set_attributes(fs, 3, status_with(04755), std::nullopt, true), IsEmpty());
  EXPECT_THAT(fs.calls, ElementsAre("owner", "times", setuid_mode));
}

TEST(set_attributes, leaves_an_owner_alone_that_is_right) {
  noting_fs fs;
  set_attributes(fs, 3, status_with(04755), owner{.user = 7, .group = 8}, true);
  EXPECT_THAT(fs.calls, ElementsAre("times", setuid_mode));
  fs.calls.clear();
  set_attributes(fs, 3, status_with(04755), owner{.user = 7, .group = 9}, true);
  EXPECT_THAT(fs.calls, ElementsAre("owner", "times", setuid_mode));
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
    const auto errors = set_attributes(fs, 3, status_with(04755), std::nullopt, c.privileged);
    EXPECT_EQ(errors.size(), c.is_error ? 1u : 0u);
    EXPECT_EQ(fs.calls.back(), plain_mode);
    EXPECT_EQ(fs.calls[1], c.is_error ? "times" : "group");
  }
}

}  // namespace
}  // namespace copytree
