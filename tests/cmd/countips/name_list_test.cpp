#include "countips/input/name_list.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "cmd/countips/fake_files.h"

namespace countips {
namespace {

using namespace std::string_literals;

class list_of_names : public testing::Test {
 protected:
  par::expected<name_list, failure> read(const std::string& path) {
    return read_name_list(path, files_, stop_);
  }

  fake_files files_;
  std::atomic<bool> stop_{false};
};

TEST_F(list_of_names, is_cut_at_nuls_only) {
  files_.files["list"] = {.content = "a\0b c\nd\0-\0last"s, .most_a_call = 2, .interrupt_each = 3};
  const auto list = read("list");
  ASSERT_TRUE(list.has_value());
  EXPECT_EQ(list->names, (std::vector<std::string>{"a", "b c\nd", "-", "last"}));
  EXPECT_TRUE(list->failures.empty());
}

TEST_F(list_of_names, may_come_from_standard_input_and_be_empty) {
  files_.files["-"] = {.content = "a\0"s, .is_pipe = true};
  EXPECT_EQ(read("-")->names, std::vector<std::string>{"a"});
  files_.files["-"] = {};
  EXPECT_TRUE(read("-")->names.empty());
}

TEST_F(list_of_names, tells_where_a_name_is_empty) {
  files_.files["list"] = {.content = "a\0\0b\0\0"s};
  const auto list = read("list");
  EXPECT_EQ(list->names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(list->failures, (std::vector<input_failure>{{"list:2", {failure::kind::empty_name}},
                                                        {"list:4", {failure::kind::empty_name}}}));
}

TEST_F(list_of_names, tells_why_it_cannot_be_read) {
  EXPECT_EQ(read("list").error(), (failure{failure::kind::open, ENOENT}));
  files_.files["list"] = {.content = "a\0b\0"s, .fails_at = 2};
  EXPECT_EQ(read("list").error(), (failure{failure::kind::read, EIO}));
  stop_ = true;
  EXPECT_EQ(read("list").error(), (failure{failure::kind::read, ECANCELED}));
}

}  // namespace
}  // namespace countips
