#include "countips/input/inputs.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

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

TEST_F(input_list_of, nothing_is_empty) {
  EXPECT_TRUE(list_inputs({}, files_).inputs.empty());
}

TEST_F(input_list_of, operands_keeps_their_order) {
  const input_list list = list_inputs({"pipe", "-", "a.log", "logs/b"}, files_);
  EXPECT_EQ(list.inputs, (inputs{{"pipe", 0}, {"-", 0}, {"a.log", 5}, {"logs/b", 1}}));
  EXPECT_TRUE(list.failures.empty());
}

TEST_F(input_list_of, one_file_with_many_names_has_it_once) {
  files_.files["logs/link"] = {.link_to = "a.log"};
  files_.files["other"] = {.link_to = "pipe"};
  const inputs want{{"a.log", 5}, {"logs/b", 1}, {"logs/a", 2}, {"logs/c", 3}, {"pipe", 0}};
  const auto operands = {"a.log", "a.log", "logs/b", "logs", "logs/c", "logs", "pipe", "other"};
  EXPECT_EQ(list_inputs({operands.begin(), operands.end()}, files_).inputs, want);
}

TEST_F(input_list_of, equal_contents_has_both) {
  files_.files["a.log.gz"] = {.content = "12345"};
  EXPECT_EQ(list_inputs({"a.log", "a.log.gz"}, files_).inputs.size(), 2u);
}

TEST_F(input_list_of, a_pattern_has_what_fits_it) {
  EXPECT_EQ(list_inputs({"logs/[bc]"}, files_).inputs, (inputs{{"logs/b", 1}, {"logs/c", 3}}));
  EXPECT_EQ(list_inputs({"*.log"}, files_).inputs, (inputs{{"a.log", 5}}));
  EXPECT_EQ(list_inputs({"l*s"}, files_).inputs.size(), 3u);  // A directory.
  const input_list none = list_inputs({"logs/x*"}, files_);
  EXPECT_TRUE(none.inputs.empty());
  EXPECT_EQ(none.failures, (failures{{"logs/x*", {failure::kind::look_up, ENOENT}}}));
}

TEST_F(input_list_of, a_name_that_looks_like_a_pattern_has_that_file) {
  files_.files["logs/[bc]"] = {.content = "55555"};
  EXPECT_EQ(list_inputs({"logs/[bc]"}, files_).inputs, (inputs{{"logs/[bc]", 5}}));
}

TEST_F(input_list_of, a_pattern_never_has_standard_input) {
  files_.files["-"] = {.content = "1"};
  EXPECT_EQ(list_inputs({"[-]"}, files_).inputs, (inputs{{"./-", 1}}));
}

TEST_F(input_list_of, a_rotated_set_begins_with_the_oldest) {
  for (const char* name : {"", ".1", ".2.gz", ".10.gz"}) {
    files_.files[std::string("set/access.log") + name] = {.content = "1"};
  }
  files_.files["set/.hidden"] = {.content = "1"};
  std::vector<std::string> paths;
  for (const input& each : list_inputs({"set"}, files_).inputs) paths.push_back(each.path);
  EXPECT_EQ(paths,
            (std::vector<std::string>{"set/.hidden", "set/access.log.10.gz", "set/access.log.2.gz",
                                      "set/access.log.1", "set/access.log"}));
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
