#include "cli/quote.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

struct quote_case {
  const char* name;
  std::string_view text;
  std::string_view want_quoted;
  std::string_view want_json;
};

const quote_case quote_cases[] = {
    {"plain", "a/b.txt", "'a/b.txt'", R"("a/b.txt")"},
    {"empty", "", "''", R"("")"},
    {"space", "a b", "'a b'", R"("a b")"},
    {"single quote", "it's", R"('it\'s')", R"("it's")"},
    {"double quote", R"(say "hi")", R"('say "hi"')", R"("say \"hi\"")"},
    {"backslash", R"(a\n)", R"('a\\n')", R"("a\\n")"},
    {"newline", "a\nb", R"('a\nb')", R"("a\u000ab")"},
    {"tab and return", "\t\r", R"('\t\r')", R"("\u0009\u000d")"},
    {"escape code", "\x1b[31m", R"('\033[31m')", R"("\u001b[31m")"},
    {"delete", "\x7F", R"('\177')", "\"\x7F\""},
    {"c1 control", "\xC2\x9B", R"('\302\233')", "\"\xC2\x9B\""},
    {"utf-8", "\xC3\xA9", "'\xC3\xA9'", "\"\xC3\xA9\""},
    {"latin-1", "\xE9.txt", R"('\351.txt')", "\"\xEF\xBF\xBD.txt\""},
    {"direction override",
     "a\xE2\x80\xAE"
     "b",
     R"('a\342\200\256b')",
     "\"a\xE2\x80\xAE"
     "b\""},
};

TEST(quote, quoted) {
  for (const quote_case& c : quote_cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(quoted(c.text), c.want_quoted);
  }
}

TEST(quote, json_string) {
  for (const quote_case& c : quote_cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(json_string(c.text), c.want_json);
  }
}

TEST(quote, escaped_leaves_quotes_and_backslashes_alone) {
  EXPECT_EQ(escaped(R"(cannot open 'it\'s')"), R"(cannot open 'it\'s')");
  EXPECT_EQ(escaped("a\x1b[K\nb"), R"(a\033[K\nb)");
  EXPECT_EQ(escaped("a\nb\tc\r", "\n\t"), "a\nb\tc\\r");
}

TEST(quote, quoted_survives_escaping_unchanged) {
  for (const quote_case& c : quote_cases) EXPECT_EQ(escaped(quoted(c.text)), quoted(c.text));
}

}  // namespace
}  // namespace cli
