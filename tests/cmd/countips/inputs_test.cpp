#include "countips/inputs.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "cmd/countips/fake_files.h"

namespace countips {
namespace {

using inputs = std::vector<input>;
using failures = std::vector<input_failure>;

class input_list_of : public testing::Test {
 protected:
  input_list_of() {
    files_.files["a.log"] = {.content = "12345"};
    files_.files["pipe"] = {.is_pipe = true};
    files_.files["logs/b"] = {.content = "1"};
    files_.files["logs/a"] = {.content = "22"};
    files_.files["logs/c"] = {.content = "333"};
    files_.files["logs/pipe"] = {.is_pipe = true};
    files_.files["logs/below/d"] = {.content = "4444"};
  }

  fake_files files_;
};

TEST_F(input_list_of, nothing_is_standard_input) {
  const input_list list = list_inputs({}, files_);
  EXPECT_EQ(list.inputs, (inputs{{"-", 0}}));
}

TEST_F(input_list_of, operands_keeps_their_order) {
  const input_list list = list_inputs({"pipe", "-", "a.log", "a.log"}, files_);
  EXPECT_EQ(list.inputs, (inputs{{"pipe", 0}, {"-", 0}, {"a.log", 5}, {"a.log", 5}}));
  EXPECT_TRUE(list.failures.empty());
}

TEST_F(input_list_of, a_directory_has_its_regular_files_sorted) {
  const inputs want{{"logs/a", 2}, {"logs/b", 1}, {"logs/c", 3}};
  EXPECT_EQ(list_inputs({"logs"}, files_).inputs, want);
}

TEST_F(input_list_of, what_fails_names_it_and_goes_on) {
  files_.files["logs/b"].look_up_error = EACCES;
  files_.files["logs/c"].look_up_error = ENOENT;  // A link that leads nowhere.
  files_.files["closed/x"] = {};
  files_.unlistable["closed"] = EACCES;
  const input_list list = list_inputs({"nowhere", "logs", "closed", "a.log"}, files_);
  EXPECT_EQ(list.inputs, (inputs{{"logs/a", 2}, {"a.log", 5}}));
  EXPECT_EQ(list.failures, (failures{{"nowhere", {failure::kind::look_up, ENOENT}},
                                     {"logs/b", {failure::kind::look_up, EACCES}},
                                     {"closed", {failure::kind::list, EACCES}}}));
}

}  // namespace
}  // namespace countips
