#include "countips/formats/field_cutter.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace countips {
namespace {

using fields = std::vector<std::string>;

constexpr field_syntax blanks = {separator::blank, quoting::none, false};
constexpr field_syntax quoted = {separator::blank, quoting::plain, false};
constexpr field_syntax bracketed = {separator::blank, quoting::plain, true};
constexpr field_syntax raw = {separator::blank, quoting::raw, true};
constexpr field_syntax tabs = {separator::tab, quoting::none, false};
constexpr field_syntax white = {separator::white, quoting::doubled, false};

fields cut(std::string_view line, const field_syntax& syntax) {
  fields all;
  field_cutter cutter(line, syntax);
  for (std::string_view field; cutter.next(field);) all.emplace_back(field);
  return all;
}

TEST(field_cutter, cuts_at_separators_outside_quotes_and_brackets) {
  struct cut_case {
    const char* name;
    field_syntax syntax;
    std::string line;
    fields want;
  };
  const cut_case cases[] = {
      {"nothing", blanks, "", {}},
      {"one", blanks, "a", {"a"}},
      {"three", blanks, "a bc def", {"a", "bc", "def"}},
      {"long ones",
       blanks,
       std::string(40, 'x') + ' ' + std::string(17, 'y'),
       {std::string(40, 'x'), std::string(17, 'y')}},
      {"empty between", blanks, "a  b", {"a", "", "b"}},
      {"empty at the ends", blanks, " a ", {"", "a", ""}},
      {"only a separator", blanks, " ", {"", ""}},
      {"a tab is no blank", blanks, "a\tb c", {"a\tb", "c"}},
      {"a quote is text", blanks, "\"a b\"", {"\"a", "b\""}},
      {"tabs", tabs, "a b\tc\t\td", {"a b", "c", "", "d"}},
      {"runs", white, "  a \t b\t\tc  ", {"a", "b", "c"}},
      {"only blanks", white, " \t ", {}},
      {"quoted", quoted, "a \"b c\" d", {"a", "b c", "d"}},
      {"quoted and empty", quoted, "\"\" a", {"", "a"}},
      {"quote within", quoted, "\"a\"b c\" d", {"a\"b c", "d"}},
      {"quote in a word", quoted, "a\"b c", {"a\"b", "c"}},
      {"escaped quote", quoted, R"("a \" b" c)", {R"(a \" b)", "c"}},
      {"escaped backslash", quoted, R"("a \\" c)", {R"(a \\)", "c"}},
      {"backslash before the quote", raw, R"("a \" b)", {R"(a \)", "b"}},
      {"open quote", quoted, "a \"b c", {"a", "b c"}},
      {"open quote at the end", quoted, "a \"", {"a", ""}},
      {"quote ends the line", quoted, "a \"b\"", {"a", "b"}},
      {"doubled quotes", white, R"("a ""b"" c" d)", {R"(a ""b"" c)", "d"}},
      {"doubled quotes at the end", white, R"("a ""b""" d)", {R"(a ""b"")", "d"}},
      {"backslash is text", white, R"("C:\dir\" d)", {R"(C:\dir\)", "d"}},
      {"brackets", bracketed, "a [b c] d", {"a", "b c", "d"}},
      {"brackets are text", quoted, "a [b c] d", {"a", "[b", "c]", "d"}},
      {"bracket within", bracketed, "[a b]c d] e", {"a b]c d", "e"}},
      {"address in brackets", bracketed, "[::1]:80 [::1] b", {"[::1]:80", "::1", "b"}},
      {"open bracket", bracketed, "a [b c", {"a", "b c"}},
      {"quote in brackets", bracketed, "[a \" b] c", {"a \" b", "c"}},
  };
  for (const cut_case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(cut(c.line, c.syntax), c.want);
    field_cutter counting(c.line, c.syntax);
    EXPECT_EQ(counting.count_rest(), c.want.size());
    field_cutter skipping(c.line, c.syntax);
    EXPECT_TRUE(skipping.skip(c.want.size()));
    EXPECT_FALSE(skipping.skip(1));
  }
}

TEST(field_cutter, ends_a_request_where_a_status_follows) {
  struct request_case {
    std::string line;
    fields want;
  };
  const request_case cases[] = {
      {R"("GET / HTTP/1.1" 200 x)", {"GET / HTTP/1.1", "200", "x"}},
      {R"("GET /" a" b HTTP/1.1" 200 x)", {"GET /\" a\" b HTTP/1.1", "200", "x"}},
      {R"("-" - x)", {"-", "-", "x"}},
      {R"("GET /" x)", {"GET /\" x"}},
      {R"("GET /")", {"GET /"}},
  };
  for (const request_case& c : cases) {
    SCOPED_TRACE(c.line);
    field_cutter cutter(c.line, quoted);
    fields all(1);
    std::string_view field;
    ASSERT_TRUE(cutter.next_before_number(field));
    all[0] = field;
    while (cutter.next(field)) all.emplace_back(field);
    EXPECT_EQ(all, c.want);
  }
  std::string_view field;
  EXPECT_FALSE(field_cutter("a b", quoted).next_before_number(field));
  EXPECT_FALSE(field_cutter("", quoted).next_before_number(field));
}

// The same, one character after the other.
fields cut_slowly(const std::string& line, const field_syntax& syntax) {
  const auto parts = [&](std::size_t i) {
    if (i >= line.size()) return true;
    return (line[i] == ' ' && syntax.between != separator::tab) ||
           (line[i] == '\t' && syntax.between != separator::blank);
  };
  const bool in_runs = syntax.between == separator::white;
  fields all;
  for (std::size_t i = 0; i <= line.size() && !line.empty();) {
    if (in_runs && parts(i)) {
      ++i;
      continue;
    }
    const std::size_t bracket = line.find(']', i);
    bool is_word = bracket != std::string::npos && !parts(bracket + 1);
    for (std::size_t k = i; is_word && k < bracket; ++k) is_word = !parts(k);
    const bool in_quotes = line[i] == '"' && syntax.quotes != quoting::none;
    const bool in_brackets = line[i] == '[' && syntax.brackets && !is_word;
    std::string field;
    if (in_quotes || in_brackets) ++i;
    for (; i < line.size(); field += line[i++]) {
      if (in_brackets && line[i] == ']' && parts(i + 1)) break;
      if (in_quotes && syntax.quotes == quoting::doubled && line.substr(i, 2) == "\"\"") {
        field += line[i++];
        continue;
      }
      std::size_t slashes = 0;
      while (slashes < field.size() && field[field.size() - 1 - slashes] == '\\') ++slashes;
      const bool escaped = syntax.quotes == quoting::plain && slashes % 2 == 1;
      if (in_quotes && line[i] == '"' && parts(i + 1) && !escaped) break;
      if (!in_quotes && !in_brackets && parts(i)) break;
    }
    if ((in_quotes || in_brackets) && i < line.size()) ++i;
    ++i;
    all.push_back(field);
  }
  return all;
}

TEST(field_cutter, cuts_random_lines_as_a_slow_one_does) {
  const std::string pieces[] = {" ",
                                " ",
                                "\t",
                                "\"",
                                "\"",
                                "[",
                                "]",
                                "\\",
                                "a",
                                "\"\"",
                                "word",
                                "a-word-of-twenty-one-c",
                                std::string(1, '\0'),
                                "\xff"};
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) {
    std::string line;
    for (std::size_t n = random() % 12; n > 0; --n) line += pieces[random() % std::size(pieces)];
    for (const field_syntax& syntax : {blanks, quoted, bracketed, raw, tabs, white}) {
      ASSERT_EQ(cut(line, syntax), cut_slowly(line, syntax)) << line;
    }
  }
}

}  // namespace
}  // namespace countips
