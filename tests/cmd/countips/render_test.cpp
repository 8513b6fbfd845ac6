#include "countips/render/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace countips {
namespace {

using ::testing::EndsWith;

report by_day() {
  report made;
  made.rows = {{"2024-06-09", 5, 3}, {"2024-06-10", 12345, 42}};
  made.total = report_row{"total", 12350, 44};
  return made;
}

constexpr line_parts no_header = {.header = false};
constexpr line_parts with_total = {.total = true};

report by_file() {
  report made;
  made.by = grouping::file;
  made.rows = {{"a\tb\\c\nd\re", 1, 1}, {"say \"hi\", you", 2, 1}, {"\xc3\xa9\xff", 3, 1}};
  made.rejected = {{"a\"b", 2, 7}};
  return made;
}

TEST(render, table_aligns_columns_and_adds_the_total) {
  EXPECT_EQ(render(by_day(), output_format::table, {}),
            "day         requests  clients\n"
            "2024-06-09         5        3\n"
            "2024-06-10     12345       42\n"
            "total          12350       44\n");
  EXPECT_EQ(render(by_day(), output_format::table, no_header),
            "2024-06-09      5   3\n"
            "2024-06-10  12345  42\n"
            "total       12350  44\n");
}

TEST(render, table_shows_no_control_characters) {
  EXPECT_EQ(render(by_file(), output_format::table, {}),
            "file           requests  clients\n"
            "a\\tb\\c\\nd\\re          1        1\n"
            "say \"hi\", you         2        1\n"
            "\xc3\xa9\\377                 3        1\n");
}

TEST(render, table_fills_the_columns_with_bars) {
  report what = by_day();
  what.rows.push_back({"2024-06-11", 6000, 1});
  what.rows.push_back({"2024-06-12", 0, 0});
  EXPECT_EQ(render(what, output_format::table, {}, {50, bar_characters::ascii}),
            "day         requests  clients\n"
            "2024-06-09         5        3  #\n"
            "2024-06-10     12345       42  ##################\n"
            "2024-06-11      6000        1  #########\n"
            "2024-06-12         0        0\n"
            "total          12350       44\n");
  EXPECT_EQ(render(what, output_format::table, no_header, {40, bar_characters::blocks}),
            "2024-06-09      5   3  \u258f\n"
            "2024-06-10  12345  42  \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588"
            "\u2588\u2588\u2588\u2588\u2588\u2588\n"
            "2024-06-11   6000   1  \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u258a\n"
            "2024-06-12      0   0\n"
            "total       12350  44\n");
}

TEST(render, table_has_no_bars_without_room_or_anything_to_compare) {
  report what = by_day();
  const std::string plain = render(what, output_format::table, {});
  EXPECT_EQ(render(what, output_format::table, {}, {39, bar_characters::ascii}), plain);
  EXPECT_NE(render(what, output_format::table, {}, {40, bar_characters::ascii}), plain);
  what.rows.resize(1);
  EXPECT_EQ(render(what, output_format::table, {}, {80, bar_characters::ascii}),
            render(what, output_format::table, {}));
}

TEST(render, the_total_is_a_row_of_lines_only_if_asked_for) {
  EXPECT_THAT(render(by_day(), output_format::tsv, with_total), EndsWith("42\ntotal\t12350\t44\n"));
  EXPECT_THAT(render(by_day(), output_format::csv, with_total), EndsWith("42\ntotal,12350,44\n"));
  EXPECT_THAT(render(by_day(), output_format::ndjson, with_total),
              EndsWith("42}\n{\"day\": \"total\", \"requests\": 12350, \"clients\": 44}\n"));
}

TEST(render, the_total_is_no_second_row_of_itself) {
  report what;
  what.by = grouping::total;
  what.rows = {{"total", 7, 4}};
  what.total = what.rows.front();
  EXPECT_EQ(render(what, output_format::table, no_header), "total  7  4\n");
  EXPECT_EQ(render(what, output_format::tsv, {.header = false, .total = true}), "total\t7\t4\n");
  EXPECT_EQ(render(what, output_format::ndjson, with_total),
            "{\"total\": \"total\", \"requests\": 7, \"clients\": 4}\n");
}

TEST(render, ndjson_is_an_object_a_row) {
  EXPECT_EQ(render(by_day(), output_format::ndjson, {}),
            R"({"day": "2024-06-09", "requests": 5, "clients": 3}
{"day": "2024-06-10", "requests": 12345, "clients": 42}
)");
  EXPECT_EQ(render(by_file(), output_format::ndjson, {}),
            R"({"file": "a\u0009b\\c\u000ad\u000de", "requests": 1, "clients": 1}
{"file": "say \"hi\", you", "requests": 2, "clients": 1}
{"file": ")"
            "\xc3\xa9\xef\xbf\xbd"
            R"(", "requests": 3, "clients": 1}
)");
}

TEST(render, tsv_has_exact_rows_and_no_total) {
  EXPECT_EQ(render(by_day(), output_format::tsv, no_header),
            "2024-06-09\t5\t3\n2024-06-10\t12345\t42\n");
  EXPECT_EQ(render(by_day(), output_format::tsv, {}),
            "day\trequests\tclients\n2024-06-09\t5\t3\n2024-06-10\t12345\t42\n");
  EXPECT_EQ(render(by_file(), output_format::tsv, no_header),
            "a\\tb\\\\c\\nd\\re\t1\t1\nsay \"hi\", you\t2\t1\n\xc3\xa9\xff\t3\t1\n");
}

TEST(render, csv_quotes_what_needs_it) {
  EXPECT_EQ(render(by_day(), output_format::csv, {}),
            "day,requests,clients\n2024-06-09,5,3\n2024-06-10,12345,42\n");
  EXPECT_EQ(render(by_file(), output_format::csv, no_header),
            "\"a\tb\\c\nd\re\",1,1\n\"say \"\"hi\"\", you\",2,1\n\xc3\xa9\xff,3,1\n");
}

TEST(render, json_is_one_object) {
  EXPECT_EQ(render(by_day(), output_format::json, {}),
            R"({
  "by": "day",
  "rows": [
    {"day": "2024-06-09", "requests": 5, "clients": 3},
    {"day": "2024-06-10", "requests": 12345, "clients": 42}
  ],
  "total": {"requests": 12350, "clients": 44},
  "rejected": [],
  "failures": []
}
)");
  EXPECT_EQ(render(by_file(), output_format::json, {}),
            R"({
  "by": "file",
  "rows": [
    {"file": "a\u0009b\\c\u000ad\u000de", "requests": 1, "clients": 1},
    {"file": "say \"hi\", you", "requests": 2, "clients": 1},
    {"file": ")"
            "\xc3\xa9\xef\xbf\xbd"
            R"(", "requests": 3, "clients": 1}
  ],
  "rejected": [
    {"file": "a\"b", "lines": 2, "first": 7}
  ],
  "failures": []
}
)");
}

TEST(render, json_says_why_inputs_failed) {
  using kind = failure::kind;
  report what;
  what.failures = {
      {"a\"b", {kind::open, ENOENT}}, {"-", {kind::look_up, EACCES}}, {"c", {kind::list, EIO}},
      {"d", {kind::read, EISDIR}},    {"e", {kind::truncated}},       {"f", {kind::corrupt}},
      {"g", {kind::trailing}},        {"", {kind::empty_name}},       {"h\xff", {kind::not_a_log}}};
  EXPECT_THAT(
      render(what, output_format::json, {}),
      EndsWith(
          R"(
  "rejected": [],
  "failures": [
    {"file": "a\"b", "reason": "cannot open: No such file or directory"},
    {"file": "-", "reason": "cannot open: Permission denied"},
    {"file": "c", "reason": "cannot list: Input/output error"},
    {"file": "d", "reason": "cannot read: Is a directory"},
    {"file": "e", "reason": "compressed data end too early; what could be read is counted"},
    {"file": "f", "reason": "compressed data are damaged; what could be read is counted"},
    {"file": "g", "reason": "something else follows the compressed data; it is not counted"},
    {"file": "", "reason": "the name is empty"},
    {"file": "h)"
          "\xef\xbf\xbd"
          R"(", "reason": "is no access log: no line is a request with a client and a valid time"}
  ]
}
)"));
}

report with_top() {
  report made;
  made.has_hosts = made.has_top = true;
  made.rows = {
      {"2024-06-09", 105, 2, 1, std::vector<top_client>{{"192.0.2.1", 100}, {"a,b\x1b", 4}}},
      {"2024-06-10", 1, 1, 0, std::vector<top_client>{{"2001:db8::1", 1}}}};
  made.total = report_row{"total", 106, 3, 1};
  return made;
}

TEST(render, names_the_top_clients_below_their_row) {
  EXPECT_EQ(render(with_top(), output_format::table, {}),
            "day            requests  clients  hosts\n"
            "2024-06-09          105        2      1\n"
            "  192.0.2.1         100\n"
            "  a,b\\033             4\n"
            "2024-06-10            1        1      0\n"
            "  2001:db8::1         1\n"
            "total               106        3      1\n");
}

TEST(render, draws_bars_beside_the_rows_only) {
  EXPECT_EQ(render(with_top(), output_format::table, no_header, {49, bar_characters::ascii}),
            "2024-06-09     105  2  1  ######################\n"
            "  192.0.2.1    100\n"
            "  a,b\\033        4\n"
            "2024-06-10       1  1  0  #\n"
            "  2001:db8::1    1\n"
            "total          106  3  1\n");
}

TEST(render, gives_top_clients_rows_of_their_own_where_rows_are_fields) {
  EXPECT_EQ(render(with_top(), output_format::csv, {}),
            "day,rank,client,requests\n2024-06-09,1,192.0.2.1,100\n2024-06-09,2,\"a,b\x1b\",4\n"
            "2024-06-10,1,2001:db8::1,1\n");
  EXPECT_EQ(render(with_top(), output_format::tsv, no_header),
            "2024-06-09\t1\t192.0.2.1\t100\n2024-06-09\t2\ta,b\x1b\t4\n"
            "2024-06-10\t1\t2001:db8::1\t1\n");
}

TEST(render, ndjson_has_hosts_and_top_clients_in_the_row) {
  EXPECT_THAT(render(with_top(), output_format::ndjson, with_total),
              EndsWith(R"({"day": "2024-06-10", "requests": 1, "clients": 1, "hosts": 0, )"
                       R"("top": [{"client": "2001:db8::1", "requests": 1}]})"
                       "\n"
                       R"({"day": "total", "requests": 106, "clients": 3, "hosts": 1})"
                       "\n"));
}

TEST(render, json_has_hosts_and_top_clients_in_the_row) {
  EXPECT_EQ(render(with_top(), output_format::json, {}), R"({
  "by": "day",
  "rows": [
    {"day": "2024-06-09", "requests": 105, "clients": 2, "hosts": 1, "top": [{"client": "192.0.2.1", "requests": 100}, {"client": "a,b\u001b", "requests": 4}]},
    {"day": "2024-06-10", "requests": 1, "clients": 1, "hosts": 0, "top": [{"client": "2001:db8::1", "requests": 1}]}
  ],
  "total": {"requests": 106, "clients": 3, "hosts": 1},
  "rejected": [],
  "failures": []
}
)");
}

TEST(render, gives_separate_hosts_a_column) {
  report made;
  made.has_hosts = true;
  made.rows = {{"2024-06-09", 5, 3, 1}};
  EXPECT_EQ(render(made, output_format::tsv, {}),
            "day\trequests\tclients\thosts\n2024-06-09\t5\t3\t1\n");
  EXPECT_EQ(render(made, output_format::csv, no_header), "2024-06-09,5,3,1\n");
}

TEST(render, shows_nothing_but_the_header_of_an_empty_report) {
  EXPECT_EQ(render({}, output_format::tsv, {}), "day\trequests\tclients\n");
  EXPECT_EQ(render({}, output_format::tsv, no_header), "");
  EXPECT_EQ(render({}, output_format::table, {}), "day  requests  clients\n");
  EXPECT_EQ(render({}, output_format::table, {}, {80, bar_characters::ascii}),
            "day  requests  clients\n");
  EXPECT_EQ(render({}, output_format::ndjson, with_total), "");
  EXPECT_EQ(render({}, output_format::json, {}),
            "{\n  \"by\": \"day\",\n  \"rows\": [],\n  \"rejected\": [],\n  \"failures\": []\n}\n");
}

}  // namespace
}  // namespace countips
