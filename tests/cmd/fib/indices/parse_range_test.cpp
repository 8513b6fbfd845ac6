#include "fib/indices/parse_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

namespace fib {
namespace {

struct good_range {
  std::string_view text;
  index_range want;
};

const good_range good_ranges[] = {
    {"0", {1, 0}},
    {"1", {1, 1}},
    {"10", {1, 10}},
    {"007", {1, 7}},
    {"1000000000000000000", {1, farthest_index}},
    {"-0", {1, 0}},
    {"-3..3", {-3, 7}},
    {"-5..-3", {-5, 3}},
    {"-0..0", {0, 1}},
    {"0..0", {0, 1}},
    {"0..4", {0, 5}},
    {"5..5", {5, 1}},
    {"100..199", {100, 100}},
    {"-1000000000000000000..1000000000000000000", {-farthest_index, 2 * farthest_index + 1}},
};

TEST(parse_range, takes_a_count_or_both_ends) {
  for (const good_range& c : good_ranges) {
    SCOPED_TRACE(c.text);
    const auto range = parse_operand(c.text);
    ASSERT_TRUE(range.has_value()) << range.error();
    EXPECT_EQ(*range, c.want);
  }
}

struct bad_range {
  std::string_view text;
  std::string_view message;
};

constexpr std::string_view allowed = "must be from 0 to 1000000000000000000";
constexpr std::string_view not_a_number = "not a number: must be from 0 to 1000000000000000000";
constexpr std::string_view end_not_a_number =
    "end of the range: not a number: must be from -1000000000000000000 to 1000000000000000000";
constexpr std::string_view both_ends = "a range needs both ends, as in 0..10";
constexpr std::string_view empty = "the range is empty: its end is below its start";

const bad_range bad_ranges[] = {
    {"", not_a_number},
    {" 5", not_a_number},
    {"5 ", not_a_number},
    {"+5", not_a_number},
    {"-", not_a_number},
    {"-5", allowed},
    {"-x", not_a_number},
    {"5.0", not_a_number},
    {"1e6", not_a_number},
    {"0x10", not_a_number},
    {"ten", not_a_number},
    {std::string_view("5\0", 2), not_a_number},
    {"1000000000000000001", allowed},
    {"18446744073709551616", allowed},
    {"99999999999999999999999999", allowed},
    {"..", both_ends},
    {"5..", both_ends},
    {"..5", both_ends},
    {"4..0", empty},
    {"1...3", end_not_a_number},
    {"1..2..3", end_not_a_number},
    {"x..3",
     "start of the range: not a number: must be from -1000000000000000000 to 1000000000000000000"},
    {"3..-3", empty},
    {"0..1000000000000000001",
     "end of the range: must be from -1000000000000000000 to 1000000000000000000"},
};

TEST(parse_range, says_what_is_wrong) {
  for (const bad_range& c : bad_ranges) {
    SCOPED_TRACE(c.text);
    const auto range = parse_operand(c.text);
    ASSERT_FALSE(range.has_value());
    EXPECT_EQ(range.error(), c.message);
  }
}

TEST(parse_index, takes_single_numbers_on_both_sides_of_zero) {
  EXPECT_EQ(parse_index("0"), 0);
  EXPECT_EQ(parse_index("-7"), -7);
  EXPECT_EQ(parse_index("1000000000000000000"), farthest_index);
  EXPECT_EQ(parse_index("-1000000000000000000"), -farthest_index);
  EXPECT_FALSE(parse_index("1000000000000000001").has_value());
  EXPECT_FALSE(parse_index("-1000000000000000001").has_value());
  EXPECT_FALSE(parse_index("0..3").has_value());
  EXPECT_FALSE(parse_index("--3").has_value());
}

TEST(parse_range, takes_a_single_index_too) {
  EXPECT_EQ(parse_range("7"), (index_range{7, 1}));
  EXPECT_EQ(parse_range("-7"), (index_range{-7, 1}));
  EXPECT_EQ(parse_range("-7..-7"), (index_range{-7, 1}));
}

TEST(index_range, is_within_what_both_its_ends_are) {
  EXPECT_TRUE((index_range{-5, 11}).is_within(5));
  EXPECT_FALSE((index_range{-5, 12}).is_within(5));
  EXPECT_FALSE((index_range{-6, 2}).is_within(5));
  EXPECT_TRUE((index_range{100, 0}).is_within(5));
}

}  // namespace
}  // namespace fib
