// Which options go together, and what they ask for together.
#include "fib/shell/order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "cli/parse.h"
#include "fib/shell/conflicts.h"

namespace fib {
namespace {

using ::testing::HasSubstr;

// What main does with a command line, up to the output.
par::expected<order, std::string> order_for(const std::vector<std::string>& arguments) {
  choices chosen;
  std::vector<cli::option> table;
  for (const auto& part : {which_options(chosen), what_options(chosen), how_options(chosen)}) {
    table.insert(table.end(), part.begin(), part.end());
  }
  try {
    const std::vector<std::string> operands =
        cli::parse(table, arguments, cli::minus_digit::operand);
    return order_from(chosen, operands);
  } catch (const cli::usage_error& misuse) {
    return par::unexpected<std::string>(misuse.what());
  }
}

// A way to give each option, and each kind of operand, that is right by itself.
const std::map<std::string, std::vector<std::string>> ways = {
    {"N", {"5"}},
    {"-", {"-"}},
    {"nth", {"--nth", "5"}},
    {"from", {"--from", "5"}},
    {"count", {"--count", "5"}},
    {"until", {"--until", "5"}},
    {"start", {"--start", "2,1"}},
    {"base", {"--base", "16"}},
    {"mod", {"--mod", "7"}},
    {"digits", {"--digits"}},
    {"first", {"--first", "3"}},
    {"last", {"--last", "3"}},
    {"index", {"--index"}},
    {"separator", {"--separator", ","}},
    {"null", {"--null"}},
    {"json", {"--json"}},
};

bool contradict(const std::string& one, const std::string& other) {
  for (const conflict& each : conflicts()) {
    if ((each.one == one && each.other == other) || (each.one == other && each.other == one)) {
      return true;
    }
  }
  return false;
}

bool is_operand(const std::string& name) {
  return name == "N" || name == "-";
}

bool says_which(const std::string& name) {
  return std::set<std::string>{"N", "-", "nth", "count", "until"}.contains(name);
}

TEST(order_from, has_a_way_to_give_every_option) {
  choices chosen;
  std::size_t options = 2;  // The operands.
  for (const auto& part : {which_options(chosen), what_options(chosen), how_options(chosen)}) {
    options += part.size();
    for (const cli::option& each : part) EXPECT_TRUE(ways.contains(each.name)) << each.name;
  }
  EXPECT_EQ(ways.size(), options);
}

// Every pair, both ways round: either it is a contradiction that is told with its reason, or it is
// an order, given something to print.
TEST(order_from, takes_every_pair_but_those_that_contradict_each_other) {
  for (const auto& [one, one_way] : ways) {
    for (const auto& [other, other_way] : ways) {
      if (one == other || (is_operand(one) && is_operand(other))) continue;
      SCOPED_TRACE(one + " and " + other);
      std::vector<std::string> arguments = one_way;
      arguments.insert(arguments.end(), other_way.begin(), other_way.end());
      const bool has_numbers = says_which(one) || says_which(other);
      if (!has_numbers) arguments.insert(arguments.end(), {"--count", "3"});
      const auto made = order_for(arguments);
      ASSERT_EQ(made.has_value(), !contradict(one, other)) << (made ? "" : made.error());
      if (!made) {
        EXPECT_THAT(made.error(), HasSubstr(" contradict each other: "));
      }
    }
  }
}

TEST(order_from, tells_why_two_options_contradict_each_other) {
  EXPECT_EQ(order_for({"--nth", "5", "7"}).error(),
            "N or I..J and --nth contradict each other: N and I..J alone say which numbers");
  EXPECT_EQ(order_for({"--json", "-0", "7"}).error(),
            "--null and --json contradict each other: choose what stands between numbers");
}

struct range_case {
  std::vector<std::string> arguments;
  index_range want;
};

const range_case ranges[] = {
    {{"5"}, {1, 5}},
    {{"--", "-5..5"}, {-5, 11}},
    {{"-5..5"}, {-5, 11}},
    {{"--nth=-5"}, {-5, 1}},
    {{"--nth", "-5"}, {-5, 1}},
    {{"--count", "4"}, {1, 4}},
    {{"--from=-3", "--count", "4"}, {-3, 4}},
    {{"--until", "10"}, {1, 6}},
    {{"--from", "0", "--until", "10"}, {0, 7}},
    {{"--start", "2,1", "--from", "0", "--until", "10"}, {0, 5}},
    {{"--mod", "7", "--nth", "1000000000000000000"}, {farthest_index, 1}},
};

TEST(order_from, knows_which_numbers_are_meant) {
  for (const range_case& c : ranges) {
    const auto made = order_for(c.arguments);
    ASSERT_TRUE(made.has_value()) << made.error();
    EXPECT_EQ(made->numbers, c.want) << ::testing::PrintToString(c.arguments);
  }
}

struct refusal {
  std::vector<std::string> arguments;
  const char* message;
};

const refusal refusals[] = {
    {{}, "say which numbers: N, I..J, --nth N, --until LIMIT, or - to read indices"},
    {{"--from", "5"}, "--from needs --count or --until beside it"},
    {{"--start", "0,0", "--until", "5"}, "--until never ends"},
    {{"--nth", "10000000001"}, "an index must be from -10000000000 to 10000000000, or to "},
    {{"--nth", "1000000000000000001", "--mod", "7"}, "must be from -1000000000000000000 to "},
    {{"--base", "1", "5"}, "must be from 2 to 62"},
    {{"--base", "63", "5"}, "must be from 2 to 62"},
    {{"--base", "x", "5"}, "not a number: must be from 2 to 62"},
    {{"--mod", "0", "5"}, "must be at least 1"},
    {{"--mod", "x", "5"}, "not an integer: must be at least 1"},
    {{"--first", "0", "5"}, "must be from 1 to 100000000"},
    {{"--last", "100000001", "5"}, "must be from 1 to 100000000"},
    {{"--until", "-1"}, "must be at least 0"},
    {{"--until", "ten"}, "not an integer"},
    {{"--start", "2", "5"}, "two integers are needed, as in 2,1"},
    {{"--count", "-1"}, "must be from 0 to 1000000000000000000"},
};

TEST(order_from, says_what_is_wrong) {
  for (const refusal& c : refusals) {
    const auto made = order_for(c.arguments);
    SCOPED_TRACE(::testing::PrintToString(c.arguments));
    ASSERT_FALSE(made.has_value());
    EXPECT_THAT(made.error(), HasSubstr(c.message));
  }
}

}  // namespace
}  // namespace fib
