#include "countips/render/page/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "cli/utf8.h"

namespace countips {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

report by_day() {
  report made;
  made.rows = {{"2024-02-28", 12345, 42}, {"2024-02-29", 1, 1}};
  made.total = report_row{"total", 12346, 42};
  return made;
}

report by_file(std::vector<report_row> rows) {
  report made;
  made.by = grouping::file;
  made.rows = std::move(rows);
  return made;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

TEST(page, has_numbers_a_chart_and_a_table) {
  const std::string page = render_page(by_day(), {});
  EXPECT_THAT(page, HasSubstr("<h1>Requests and distinct clients per day</h1>"));
  EXPECT_THAT(page, HasSubstr("2024-02-28 to 2024-02-29"));
  EXPECT_THAT(page, HasSubstr("<dt>requests</dt><dd>12,346</dd>"));
  EXPECT_THAT(page, HasSubstr("<dt>distinct clients</dt><dd>42</dd>"));
  EXPECT_THAT(page, HasSubstr("<title>2024-02-28: 12,345 requests; 42 clients</title>"));
  EXPECT_THAT(page, HasSubstr("<title>2024-02-29: 1 request; 1 client</title>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">2024-02-28</th><td>12,345</td><td>42</td>"));
  EXPECT_THAT(page, HasSubstr("<tfoot>\n<tr><th scope=\"row\">total</th><td>12,346</td>"));
  EXPECT_EQ(count(page, "class=\"slot\""), 2U);
}

report with_hosts_and_top(grouping by) {
  report made;
  made.by = by;
  made.has_hosts = made.has_top = true;
  made.rows = {{"2024-02-28", 5, 2, 1, std::vector<top_client>{{"192.0.2.1", 4}, {"<b>", 1}}},
               {"2024-02-29", 1001, 0, 1, std::vector<top_client>{{"a.test", 1001}}}};
  made.total = report_row{"total", 1006, 2, 1002};
  return made;
}

TEST(page, tells_host_names_from_addresses) {
  for (const grouping by : {grouping::day, grouping::file}) {
    const std::string page = render_page(with_hosts_and_top(by), {});
    EXPECT_THAT(page, HasSubstr("<dt>distinct addresses</dt><dd>2</dd>"));
    EXPECT_THAT(page, HasSubstr("<dt>host names</dt><dd>1,002</dd>"));
    EXPECT_THAT(page, HasSubstr("<th scope=\"col\">distinct addresses</th>"
                                "<th scope=\"col\">host names</th></tr>"));
    EXPECT_THAT(page, HasSubstr("<th scope=\"row\">2024-02-29</th><td>1,001</td><td>0</td>"
                                "<td>1</td></tr>"));
    EXPECT_THAT(page, HasSubstr("<th scope=\"row\">total</th><td>1,006</td><td>2</td>"
                                "<td>1,002</td></tr>"));
    EXPECT_THAT(page, HasSubstr("<title>2024-02-28: 5 requests; 2 addresses</title>"));
    EXPECT_THAT(page, HasSubstr(">Distinct addresses</text>"));
    EXPECT_THAT(page, HasSubstr("\">Requests and distinct addresses "));
    EXPECT_THAT(page, Not(HasSubstr("distinct clients</")));
  }
  EXPECT_THAT(render_page(by_day(), {}), Not(HasSubstr("host names")));
}

TEST(page, names_the_top_clients_below_their_row) {
  const std::string page = render_page(with_hosts_and_top(grouping::day), {});
  EXPECT_THAT(page,
              HasSubstr("<th scope=\"row\">2024-02-28</th><td>5</td><td>2</td><td>1</td></tr>\n"
                        "<tr class=\"top\"><th scope=\"row\">192.0.2.1</th><td>4</td>"
                        "<td></td><td></td></tr>\n"
                        "<tr class=\"top\"><th scope=\"row\">&lt;b&gt;</th><td>1</td>"
                        "<td></td><td></td></tr>\n"
                        "<tr><th scope=\"row\">2024-02-29</th>"));
  report without_hosts = by_day();
  without_hosts.rows[0].top = std::vector<top_client>{{"192.0.2.1", 7}};
  EXPECT_THAT(render_page(without_hosts, {}),
              HasSubstr("<tr class=\"top\"><th scope=\"row\">192.0.2.1</th><td>7</td>"
                        "<td></td></tr>\n"));
}

TEST(page, needs_nothing_from_elsewhere) {
  for (const report& what : {by_day(), by_file({{"http://a/b.js", 1, 1}})}) {
    const std::string page = render_page(what, {});
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("src=")));
    EXPECT_THAT(page, Not(HasSubstr("url(")));
    EXPECT_THAT(page, Not(HasSubstr("@import")));
    EXPECT_EQ(count(page, "href="), 1U);
    EXPECT_THAT(page, HasSubstr("href=\"data:,\""));
  }
}

TEST(page, tells_what_a_column_of_several_days_stands_for) {
  report what;
  for (int year = 2000; year < 2004; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= 28; ++day) {
        const std::string two = std::to_string(100 + month).substr(1);
        what.rows.push_back(
            {std::to_string(year) + '-' + two + '-' + std::to_string(100 + day).substr(1),
             static_cast<std::uint64_t>(day), 1});
      }
    }
  }
  const std::string page = render_page(what, {});
  EXPECT_THAT(page, HasSubstr("Each column stands for 4 days and is as high as the highest"));
  EXPECT_THAT(page, HasSubstr("<title>2000-01-01 to 2000-01-04: at most 4 requests, 2000-01-04; "
                              "at most 1 client, 2000-01-01</title>"));
  EXPECT_EQ(count(page, "<tr>"), 1U + what.rows.size());
}

TEST(page, tells_that_days_are_left_out) {
  report what = by_day();
  what.rows.insert(what.rows.begin(), {"1970-01-01", 1, 1});
  EXPECT_THAT(render_page(what, {}),
              HasSubstr("19,780 days without requests are left out between the columns."));
}

TEST(page, charts_the_names_with_the_most_requests) {
  std::vector<report_row> rows;
  for (std::uint64_t i = 1; i <= 50; ++i) rows.push_back({"host-" + std::to_string(i), i, 1});
  report what = by_file(rows);
  what.by = grouping::host;
  const std::string page = render_page(what, {});
  EXPECT_EQ(count(page, "class=\"slot\""), 40U);
  EXPECT_EQ(count(page, "class=\"bar requests\""), 40U);
  EXPECT_THAT(page, HasSubstr("The 40 with the most requests, of 50."));
  EXPECT_THAT(page, HasSubstr("class=\"value\">50</text>"));
  EXPECT_LT(page.find("<title>host-50:"), page.find("<title>host-11:"));
  EXPECT_THAT(page, Not(HasSubstr("<title>host-10:")));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">host-10</th>"));
}

TEST(page, charts_names_of_one_size_in_their_order) {
  std::vector<report_row> rows;
  for (int i = 10; i < 60; ++i) rows.push_back({"file-" + std::to_string(i), 1, 1});
  const std::string page = render_page(by_file(rows), {});
  std::size_t last = 0;
  for (int i = 10; i < 50; ++i) {
    const std::size_t at = page.find("<title>file-" + std::to_string(i));
    EXPECT_NE(at, std::string::npos) << i;
    EXPECT_GT(at, last) << i;
    last = at;
  }
}

TEST(page, says_once_which_folder_all_files_are_in) {
  const std::string page =
      render_page(by_file({{"/var/log/<a>/x.1", 2, 1}, {"/var/log/<a>/x.2", 1, 1}}), {});
  EXPECT_THAT(page, HasSubstr("All files are in /var/log/&lt;a&gt;/</figcaption>"));
  EXPECT_THAT(page, HasSubstr("class=\"label\">x.1</text>"));
  EXPECT_THAT(page, HasSubstr("<title>/var/log/&lt;a&gt;/x.1: 2 requests; 1 client</title>"));
  EXPECT_THAT(page, HasSubstr("<th scope=\"row\">/var/log/&lt;a&gt;/x.1</th>"));
  for (const report& what :
       {by_file({{"/var/log/x", 1, 1}}), by_file({{"a/x", 1, 1}, {"b/x", 1, 1}}),
        by_file({{"/a", 1, 1}, {"x", 1, 1}}), by_day()}) {
    EXPECT_THAT(render_page(what, {}), Not(HasSubstr("All files")));
  }
}

TEST(page, of_an_empty_report_says_so) {
  const std::string page = render_page({}, {"'a': is no access log"});
  EXPECT_THAT(page, HasSubstr("No requests."));
  EXPECT_THAT(page, HasSubstr("<li>&#39;a&#39;: is no access log</li>"));
  EXPECT_THAT(page, Not(HasSubstr("<svg")));
  EXPECT_THAT(page, Not(HasSubstr("<table")));
}

TEST(page, of_a_total_has_no_chart) {
  report what;
  what.by = grouping::total;
  what.rows = {{"total", 7, 4}};
  what.total = what.rows.front();
  const std::string page = render_page(what, {});
  EXPECT_THAT(page, HasSubstr("<dd>7</dd>"));
  EXPECT_THAT(page, Not(HasSubstr("<svg")));
  EXPECT_EQ(count(page, "<th scope=\"row\">total</th>"), 1U);
}

// The name of the element that begins or ends at each '<' outside the style sheet; empty if that is
// none of those that pages are made of.
std::vector<std::string> elements(std::string_view page) {
  const std::size_t style = page.find("<style>");
  const std::size_t end = page.find("</style>");
  std::string text(page.substr(0, style));
  text += page.substr(end);
  std::vector<std::string> names;
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    names.push_back(text.substr(at + 1, text.find_first_of(" >\n", at) - at - 1));
  }
  return names;
}

std::string random_name(std::mt19937& random) {
  constexpr std::string_view nasty[] = {
      "<",        ">",  "&", "\"", "'",        "</title>", "<!--", "-->",      "]]>", "\xff",
      "\xe2\x80", "\n", "/", "a",  "\xc3\xa9", "<script>", "{}",   "\x1b[31m", "%s",  "&#0;"};
  std::string name;
  for (auto parts = random() % 30; parts > 0; --parts) {
    name += random() % 4 == 0 ? std::string(1, static_cast<char>(random() % 256))
                              : std::string(nasty[random() % std::size(nasty)]);
  }
  return name;
}

TEST(page, keeps_its_shape_whatever_names_say) {
  const auto page_of = [](const std::string& one, const std::string& two) {
    return render_page(by_file({{one, 3, 2}, {two, 2, 1}}), {"note on " + one});
  };
  const std::vector<std::string> want = elements(page_of("a", "b"));
  std::mt19937 random(4);
  for (int round = 0; round < 500; ++round) {
    const std::string page = page_of('1' + random_name(random), '2' + random_name(random));
    EXPECT_EQ(elements(page), want);
    for (std::string_view rest = page; !rest.empty();) {
      const cli::character next = cli::first_character(rest);
      ASSERT_TRUE(next.valid && (next.point >= ' ' || next.point == '\n'));
      rest.remove_prefix(next.bytes);
    }
  }
}

}  // namespace
}  // namespace countips
