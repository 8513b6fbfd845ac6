#include "countips/formats/json_mending.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace countips {
namespace {

std::string mended(std::string text) {
  const std::string before = text;
  const bool has_changed = mend_values(text);
  EXPECT_EQ(has_changed, text != before) << before;
  EXPECT_EQ(text.size(), before.size());
  return text;
}

TEST(mend_values, fills_what_is_missing_and_drops_what_is_too_much) {
  const std::pair<std::string, std::string> cases[] = {
      {R"({"time":,"status":200})", R"({"xxx":0,"status":200})"},
      {R"({"time": ,"status":200})", R"({"xxx":0 ,"status":200})"},
      {R"({"status":200,"time":})", R"({"status":200,"xxx":0})"},
      {R"({"a":{"time":},"b":"c"})", R"({"a":{"xxx":0},"b":"c"})"},
      {R"({"a":0.1, 0.2,"b":"c"})", R"({"a":0.1     ,"b":"c"})"},
      {R"({"a":0.1 : 0.2, 0.3, "b":"c"})", R"({"a":0.1           , "b":"c"})"},
      {R"({"a":-, 0.2})", R"({"a":-     })"},
      {R"({"a":, 0.2,"b":"c"})", R"({"":0     ,"b":"c"})"},
      {R"({"a":502, 200})", R"({"a":502     })"},
  };
  for (const auto& [text, wanted] : cases) EXPECT_EQ(mended(text), wanted);
}

TEST(mend_values, leaves_json_alone) {
  for (const std::string text :
       {R"({"a":1,"b":-2.5e3,"c":true,"d":null,"e":"x","f":[1, 2],"g":{"h":[]}})",
        R"({ "a" : 1 , "b" : [ 1 , {"c":2} ] , "d" : {} })", R"({"a":":,","b":"\":,"})",
        R"({"":1})", "{}", "", "\"", R"({"a":)", R"({"a)", R"({"a":1)", "\\"}) {
    EXPECT_EQ(mended(text), text);
  }
}

// Nothing to hold on to: a key without a byte to give, or none.
TEST(mend_values, leaves_what_it_cannot_mend) {
  for (const std::string text : {R"({"":,"b":1})", "{:,}", R"({"a" :,"b":1})"}) {
    EXPECT_EQ(mended(text), text);
  }
}

TEST(mend_values, is_done_the_first_time) {
  std::mt19937 random(3);
  constexpr std::string_view pieces[] = {"{",  "}",  "[", "]", ":", ",",
                                         "\"", "\\", " ", "a", "1", "-"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random() % 24; n > 0; --n) text += pieces[random() % std::size(pieces)];
    std::string once = mended(text);
    const std::string before = once;
    EXPECT_FALSE(mend_values(once)) << text;
    EXPECT_EQ(once, before);
  }
}

}  // namespace
}  // namespace countips
