#include "countips/formats/json_shape.h"

#include <gtest/gtest.h>

#include <string>

namespace countips {
namespace {

json_key keys() {
  json_key root;
  add_json_path(root, "ip", {json_slot::who, 0});
  add_json_path(root, "old/ip", {json_slot::who, 1});
  add_json_path(root, "ts", {json_slot::time, 0});
  return root;
}

json_slot_set asked() {
  json_slot_set both;
  both.add(json_slot::who);
  both.add(json_slot::time);
  return both;
}

std::optional<json_shape> shape_of(std::string_view line) {
  json_document document;
  json_found found;
  const json_end end = document.walk(line, keys(), asked(), found);
  return json_shape::of(line, end, document.seen());
}

struct shape_case {
  std::string line;
  bool matches;
};

TEST(json_shape, fits_lines_that_differ_in_values_only) {
  const std::string model = R"({"a":"x","n":1,"deep":{"b":[1]},"ts":12,"ip":"192.0.2.1","rest":0})";
  const shape_case cases[] = {
      {model, true},
      {R"({"a":null,"n":"y \"}","deep":{"ip":"{","c":[{}]},"ts":"13","ip":"a b"}})", true},
      {R"({"a":"x","n":1,"deep":[],"ts":12,"ip":"192.0.2.1" garbage)", true},
      {R"({"a":"x","n":1,"deep":1,"ts":12,"ip":"192.0.2.1"})", false},
      {R"({"b":"x","n":1,"deep":{},"ts":12,"ip":"192.0.2.1"})", false},
      {R"({"a":"x", "n":1,"deep":{},"ts":12,"ip":"192.0.2.1"})", false},
      {R"({"a":"x","n":,"deep":{},"ts":12,"ip":"192.0.2.1"})", false},
      {R"({"a":"x","n":1,"deep":{"},"ts":12,"ip":"192.0.2.1"})", false},
      {R"({"a":"x","n":1,"deep":{\},"ts":12,"ip":"192.0.2.1"})", false},
      {R"({"a":"x","n":1,"deep":{},"ts":12,"ip":"192.0.2.1)", false},
      {R"({"a":"x","n":1,"deep":{},"ts":12)", false},
      {R"({"a":"x","n":1,"deep":{},"ts":12,"ip":9/Jun})", false},
      {"", false},
  };
  const std::optional<json_shape> shape = shape_of(model);
  ASSERT_TRUE(shape.has_value());
  EXPECT_FALSE(shape->is_whole());
  for (const shape_case& c : cases) {
    SCOPED_TRACE(c.line);
    json_found found;
    ASSERT_EQ(shape->match(c.line, found), c.matches);
    if (!c.matches) continue;
    json_document document;
    json_found walked;
    static_cast<void>(document.walk(c.line, keys(), asked(), walked));
    for (const json_slot slot : {json_slot::who, json_slot::time}) {
      EXPECT_EQ(found.get(slot).text, walked.get(slot).text);
      EXPECT_EQ(found.get(slot).is_string, walked.get(slot).is_string);
    }
  }
}

TEST(json_shape, is_whole_where_a_better_field_could_have_followed) {
  const std::optional<json_shape> shape = shape_of(R"({"old":{"ip":"192.0.2.1"},"ts":12,"z":[1]})");
  ASSERT_TRUE(shape.has_value());
  EXPECT_TRUE(shape->is_whole());
  json_found found;
  EXPECT_TRUE(shape->match(R"({"old":{"ip":"192.0.2.2"},"ts":13,"z":{"y":2}} )", found));
  EXPECT_EQ(found.get(json_slot::who).text, "192.0.2.2");
  EXPECT_FALSE(
      shape->match(R"({"old":{"ip":"192.0.2.2"},"ts":13,"z":[],"ip":"192.0.2.3"})", found));
}

TEST(json_shape, is_not_learnt_from_what_is_no_document) {
  for (const char* line : {"", "[1]", R"({"ip":"192.0.2.1")", R"({"ip" "192.0.2.1","ts":12})",
                           R"({"a":\"b\","ip":"192.0.2.1","ts":12})"}) {
    EXPECT_FALSE(shape_of(line).has_value()) << line;
  }
  json_found found;
  EXPECT_FALSE(json_shape().match("{}", found));
}

}  // namespace
}  // namespace countips
