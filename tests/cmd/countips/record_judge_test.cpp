#include "countips/tallies/record_judge.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace countips {
namespace {

const local_time noon{day::from_number(20240609), 12 * 3600};

std::vector<regex_program> pattern(const char* text) {
  return {regex_program::compile(text).value()};
}

TEST(record_judge, admits_all_without_a_filter) {
  record_judge judge(nullptr);
  EXPECT_TRUE(judge.admits(record(), noon));
}

TEST(record_judge, asks_for_the_time_the_agent_and_the_rest) {
  const record_filter filter{
      .since = noon, .methods = {"GET"}, .agents = {.wanted = pattern("^A")}};
  struct judge_case {
    std::uint32_t second;
    const char* method;
    const char* agent;
    bool admitted;
  };
  const judge_case cases[] = {{noon.second, "GET", "Abc", true},
                              {noon.second - 1, "GET", "Abc", false},
                              {noon.second, "PUT", "Abc", false},
                              {noon.second, "GET", "Bcd", false}};
  record_judge judge(&filter);
  for (const judge_case& c : cases) {
    record what;
    what.method = c.method;
    what.agent = c.agent;
    EXPECT_EQ(judge.admits(what, {noon.date, c.second}), c.admitted) << &c - cases;
  }
}

// More agents than are remembered, and some that are too long to be; the texts do not last.
TEST(record_judge, says_the_same_of_an_agent_however_often_it_comes) {
  const record_filter filter{.agents = {.unwanted = pattern("7")}, .bots = bot_choice::exclude};
  record_judge judge(&filter);
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const unsigned number = random() % 2000;
    std::string agent = (number % 5 == 0 ? "bot " : "browser ") + std::to_string(number);
    if (number % 11 == 0) agent.append(2000, 'x');
    if (number == 1) agent.clear();
    record what;
    what.agent = agent;
    EXPECT_EQ(judge.admits(what, noon), filter.admits_agent(agent)) << agent;
    EXPECT_EQ(filter.admits_agent(agent),
              agent.find('7') == std::string::npos && !agent.starts_with("bot"));
  }
}

}  // namespace
}  // namespace countips
