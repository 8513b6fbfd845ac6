#include "countips/formats/json_text.h"

#include <gtest/gtest.h>

namespace countips {
namespace {

TEST(json_text, is_without_escapes) {
  struct text_case {
    std::string_view raw;
    std::string_view want;
  };
  using namespace std::string_view_literals;
  const text_case cases[] = {
      {"", ""},
      {"plain", "plain"},
      {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
      {R"(a\u0026b)", "a&b"},
      {R"(\u0000)", "\0"sv},
      {R"(\u00e9\u20AC)", "\u00e9\u20ac"},
      {R"(\ud83d\ude00)", "\U0001f600"},
      {R"(\ud83d)", "\ufffd"},
      {R"(\ud83dx)", "\ufffdx"},
      {R"(\ud83d\n)", "\ufffd\n"},
      {R"(\ud83d\u0041)", "\ufffdA"},
      {R"(\ude00\ud83d)", "\ufffd\ufffd"},
      {R"(\x22a\x5Cb\xE9)", "\"a\\b\xE9"},
      {R"(\x2)", R"(\x2)"},
      {R"(\xzz)", R"(\xzz)"},
      {R"(\u12)", R"(\u12)"},
      {R"(\u+123)", R"(\u+123)"},
      {R"(\q)", R"(\q)"},
      {R"(a\)", R"(a\)"},
      {R"(\\u0041)", R"(\u0041)"},
  };
  for (const text_case& c : cases) {
    SCOPED_TRACE(c.raw);
    std::string got = "before ";
    append_unescaped(c.raw, got);
    EXPECT_EQ(got, "before " + std::string(c.want));
    EXPECT_LE(got.size() - 7, c.raw.size());
  }
}

}  // namespace
}  // namespace countips
