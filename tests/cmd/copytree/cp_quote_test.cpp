#include "copytree/cp/quote.h"

#include <gtest/gtest.h>

namespace copytree::gnu {
namespace {

struct quote_case {
  std::string_view name;
  std::string_view shell;
  std::string_view c;
};

// What GNU's tools print for these names in the C locale.
const quote_case cases[] = {
    {"", "''", "''"},
    {"plain", "'plain'", "'plain'"},
    {"a b", "'a b'", "'a b'"},
    {"it's", "\"it's\"", R"('it\'s')"},
    {"#it's", "\"#it's\"", R"('#it\'s')"},
    {"it's#", R"('it'\''s#')", R"('it\'s#')"},
    {"~'", "\"~'\"", R"('~\'')"},
    {"a@'", "\"a@'\"", R"('a@\'')"},
    {"'\"", R"(''\''"')", R"('\'"')"},
    {"$'", R"('$'\''')", R"('$\'')"},
    {"back\\slash", R"('back\slash')", R"('back\\slash')"},
    {"new\nline", R"('new'$'\n''line')", R"('new\nline')"},
    {"\n", R"(''$'\n')", R"('\n')"},
    {"a\n\t", R"('a'$'\n\t')", R"('a\n\t')"},
    {"a\n'b", R"('a'$'\n'\''b')", R"('a\n\'b')"},
    {"\x01"
     "2",
     R"(''$'\001''2')", R"('\0012')"},
    {"\x1b[m", R"(''$'\033''[m')", R"('\033[m')"},
    {"\x7f", R"(''$'\177')", R"('\177')"},
    {"\xc3\xa4", R"(''$'\303\244')", R"('\303\244')"},
    {"\a\b\f\r\v", R"(''$'\a\b\f\r\v')", R"('\a\b\f\r\v')"},
};

TEST(cp_quote, is_that_of_gnu_in_the_c_locale) {
  for (const quote_case& c : cases) {
    EXPECT_EQ(shell_quoted(c.name), c.shell);
    EXPECT_EQ(c_quoted(c.name), c.c);
  }
}

TEST(cp_quote, shows_utf_8_where_it_can_be_shown) {
  EXPECT_EQ(shell_quoted("\xc3\xa4", true), "'\xc3\xa4'");
  EXPECT_EQ(shell_quoted("\xc3\xa4's", true), "\"\xc3\xa4's\"");
  EXPECT_EQ(c_quoted("\xc3\xa4", true), "'\xc3\xa4'");
  EXPECT_EQ(shell_quoted("\xc3x", true), R"(''$'\303''x')") << "half a character";
  EXPECT_EQ(shell_quoted("\xc2\x9b", true), R"(''$'\302\233')") << "a control character";
}

}  // namespace
}  // namespace copytree::gnu
