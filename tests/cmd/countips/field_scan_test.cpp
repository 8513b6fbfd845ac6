#include "countips/formats/field_scan.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "cmd/countips/hits.h"
#include "countips/formats/text_format.h"

namespace countips {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

// Each blank looked at on its own.
std::string first_list_slowly(const std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_blank(text[at]) || (at > 0 && text[at - 1] == ',')) continue;
    std::size_t next = at;
    while (next < text.size() && is_blank(text[next])) ++next;
    if (next == text.size() || text[next] != ',') return text.substr(0, at);
  }
  return text;
}

std::string random_list(std::mt19937& random) {
  std::string text(random() % 12, ' ');
  for (char& c : text) c = "  \t,,ab"[random() % 7];
  return text;
}

TEST(first_list, is_a_word_or_words_with_commas_between) {
  struct list_case {
    const char *text, *list;
  };
  const list_case cases[] = {
      {"", ""},           {"a", "a"},         {"a b", "a"},
      {"a, b c", "a, b"}, {"a ,b c", "a ,b"}, {"a  ,\tb", "a  ,\tb"},
      {"a,  b", "a, "},   {" a", ""},
  };
  for (const list_case& c : cases) EXPECT_EQ(first_list(c.text), c.list) << c.text;
}

TEST(first_list, agrees_with_looking_at_each_blank) {
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = random_list(random);
    EXPECT_EQ(first_list(text), first_list_slowly(text)) << '"' << text << '"';
  }
}

TEST(take_field, ends_in_front_of_a_status_if_there_is_one) {
  struct request_case {
    const char *text, *field, *rest;
  };
  const request_case cases[] = {
      {R"(GET / HTTP/1.1" 200 5)", "GET / HTTP/1.1", "200 5"},
      {R"(GET / HTTP/1.1" - 5)", "GET / HTTP/1.1", "- 5"},
      {R"(GET / HTTP/1.1" 404)", "GET / HTTP/1.1", "404"},
      {R"(GET /?q="a" b HTTP/1.1" 200 5 "-")", R"(GET /?q="a" b HTTP/1.1)", R"(200 5 "-")"},
      {R"(GET /" " 4 " 44x" HTTP/1.1" 404 5)", R"(GET /" " 4 " 44x" HTTP/1.1)", "404 5"},
      {R"(GET /\" 200 x" 404 5)", R"(GET /\" 200 x)", "404 5"},
      {R"(GET / HTTP/1.1" + 5 " " )", "GET / HTTP/1.1", R"(+ 5 " " )"},
      {R"(GET / HTTP/1.1" )", "GET / HTTP/1.1", ""},
  };
  const layout_field request{.role = field_role::request, .before_status = true, .end = "\" "};
  for (const request_case& c : cases) {
    SCOPED_TRACE(c.text);
    std::string_view rest = c.text;
    EXPECT_EQ(take_field(rest, request, true), c.field);
    EXPECT_EQ(rest, c.rest);
  }
}

TEST(text_format, finds_the_status_behind_requests_with_quotes) {
  const std::string line =
      R"(192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] "GET /?q="a" HTTP/1.1" 403 5 "-" "curl")";
  read_rules rules;
  rules.wanted = {.status = true, .request = true, .agent = true};
  const auto format = compile_apache_format(
      R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")", "combined");
  ASSERT_TRUE(format);
  const auto found = read_line(line, **format, rules);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->status, "403");
  EXPECT_EQ(found->path, R"(/?q="a")");
  EXPECT_EQ(found->agent, "curl");
}

TEST(take_field, ends_a_list_where_first_list_does) {
  const layout_field client{.role = field_role::peer, .end = " "};
  std::mt19937 random(4);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = random_list(random);
    std::erase(text, '\t');  // Ends no field.
    const std::string list = first_list_slowly(text);
    std::string_view rest = text;
    const auto field = take_field(rest, client, true);
    ASSERT_EQ(field.has_value(), list.size() < text.size()) << '"' << text << '"';
    if (field) {
      EXPECT_EQ(*field, list);
    }
  }
}

// Quadratic time would be hours.
TEST(field_scan, passes_a_run_of_blanks_in_one_step) {
  const std::string list = "192.0.2.1" + std::string(std::size_t{1} << 20, ' ') + ",10.0.0.1";
  const std::string text = list + " x";
  EXPECT_EQ(first_list(text), list);
  std::string_view rest = text;
  EXPECT_EQ(take_field(rest, {.role = field_role::peer, .end = " "}, true), list);
  EXPECT_EQ(rest, "x");
}

TEST(text_format, reads_a_line_that_is_full_of_blanks) {
  const std::string gap(std::size_t{1} << 18, ' ');
  const std::string list = "192.0.2.1" + gap + ",10.0.0.1";
  const std::string at = "[09/Jun/2024:10:00:00 +0200]";
  for (const char* format : {"%h %l %u %t", "%v %h %t", "%t %h", "%h %{%e/%b/%Y}t"}) {
    const auto compiled = compile_log_format(format);
    ASSERT_TRUE(compiled) << format;
    for (const std::string& line : {at + " " + list, gap + ',' + gap + at}) {
      static_cast<void>(hit_of(line, **compiled, {}));
    }
  }
  EXPECT_EQ(hit_of(list + " - - " + at, **compile_log_format("%h %l %u %t"), {}),
            (hit{"2024-06-09", "192.0.2.1"}));
}

}  // namespace
}  // namespace countips
