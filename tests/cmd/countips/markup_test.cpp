#include "countips/render/page/markup.h"

#include <gtest/gtest.h>

#include <string>

namespace countips {
namespace {

TEST(markup, makes_any_text_safe) {
  const std::pair<std::string, const char*> cases[] = {
      {"", ""},
      {"plain", "plain"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"a&b", "a&amp;b"},
      {"&lt;", "&amp;lt;"},
      {R"(" onload="x)", "&quot; onload=&quot;x"},
      {"it's", "it&#39;s"},
      {"a\tb\nc\x01", "a\\tb\\nc\\001"},
      {std::string("a\0b", 3), "a\\000b"},
      {"caf\xc3\xa9", "caf\xc3\xa9"},
      {"caf\xe9", "caf\\351"},
      {"a\xe2\x80\xae"
       "b",
       "a\\342\\200\\256b"},  // Would turn the direction of what follows.
      {"-->]]>", "--&gt;]]&gt;"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(markup(text), want);
}

TEST(markup, separates_thousands) {
  const std::pair<std::uint64_t, const char*> cases[] = {
      {0, "0"},
      {7, "7"},
      {999, "999"},
      {1000, "1,000"},
      {12345, "12,345"},
      {123456, "123,456"},
      {1000000, "1,000,000"},
      {UINT64_MAX, "18,446,744,073,709,551,615"}};
  for (const auto& [number, want] : cases) EXPECT_EQ(with_separators(number), want);
  EXPECT_EQ(amount(0, "client"), "0 clients");
  EXPECT_EQ(amount(1, "client"), "1 client");
  EXPECT_EQ(amount(1234, "client"), "1,234 clients");
  EXPECT_EQ(amount(1, "address"), "1 address");
  EXPECT_EQ(amount(2, "address"), "2 addresses");
}

TEST(markup, writes_lengths_as_short_as_they_are) {
  const std::pair<double, const char*> cases[] = {{0, "0"},     {10, "10"},     {100, "100"},
                                                  {0.5, "0.5"}, {1.25, "1.25"}, {2.0 / 3, "0.67"}};
  for (const auto& [pixels, want] : cases) EXPECT_EQ(length(pixels), want);
}

}  // namespace
}  // namespace countips
