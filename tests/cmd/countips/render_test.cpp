#include "countips/render/render.h"

#include <gtest/gtest.h>

namespace countips {
namespace {

report by_day() {
  report made;
  made.rows = {{"2024-06-09", 5, 3}, {"2024-06-10", 12345, 42}};
  made.total = report_row{"total", 12350, 44};
  return made;
}

report by_file() {
  report made;
  made.by = grouping::file;
  made.rows = {{"a\tb\\c\nd\re", 1, 1}, {"say \"hi\", you", 2, 1}, {"\xc3\xa9\xff", 3, 1}};
  made.malformed = {{"a\"b", 2, 7}};
  return made;
}

TEST(render, table_aligns_columns_and_adds_the_total) {
  EXPECT_EQ(render(by_day(), output_format::table, true),
            "day         requests  clients\n"
            "2024-06-09         5        3\n"
            "2024-06-10     12345       42\n"
            "total          12350       44\n");
  EXPECT_EQ(render(by_day(), output_format::table, false),
            "2024-06-09      5   3\n"
            "2024-06-10  12345  42\n"
            "total       12350  44\n");
}

TEST(render, table_shows_no_control_characters) {
  EXPECT_EQ(render(by_file(), output_format::table, true),
            "file           requests  clients\n"
            "a\\tb\\c\\nd\\re          1        1\n"
            "say \"hi\", you         2        1\n"
            "\xc3\xa9\\377                 3        1\n");
}

TEST(render, tsv_has_exact_rows_and_no_total) {
  EXPECT_EQ(render(by_day(), output_format::tsv, false),
            "2024-06-09\t5\t3\n2024-06-10\t12345\t42\n");
  EXPECT_EQ(render(by_day(), output_format::tsv, true),
            "day\trequests\tclients\n2024-06-09\t5\t3\n2024-06-10\t12345\t42\n");
  EXPECT_EQ(render(by_file(), output_format::tsv, false),
            "a\\tb\\\\c\\nd\\re\t1\t1\nsay \"hi\", you\t2\t1\n\xc3\xa9\xff\t3\t1\n");
}

TEST(render, csv_quotes_what_needs_it) {
  EXPECT_EQ(render(by_day(), output_format::csv, true),
            "day,requests,clients\n2024-06-09,5,3\n2024-06-10,12345,42\n");
  EXPECT_EQ(render(by_file(), output_format::csv, false),
            "\"a\tb\\c\nd\re\",1,1\n\"say \"\"hi\"\", you\",2,1\n\xc3\xa9\xff,3,1\n");
}

TEST(render, json_is_one_object) {
  EXPECT_EQ(render(by_day(), output_format::json, true),
            R"({
  "by": "day",
  "rows": [
    {"day": "2024-06-09", "requests": 5, "clients": 3},
    {"day": "2024-06-10", "requests": 12345, "clients": 42}
  ],
  "total": {"requests": 12350, "clients": 44},
  "malformed": []
}
)");
  EXPECT_EQ(render(by_file(), output_format::json, false),
            R"({
  "by": "file",
  "rows": [
    {"file": "a\u0009b\\c\u000ad\u000de", "requests": 1, "clients": 1},
    {"file": "say \"hi\", you", "requests": 2, "clients": 1},
    {"file": ")"
            "\xc3\xa9\xef\xbf\xbd"
            R"(", "requests": 3, "clients": 1}
  ],
  "malformed": [
    {"file": "a\"b", "lines": 2, "first": 7}
  ]
}
)");
}

TEST(render, shows_nothing_but_the_header_of_an_empty_report) {
  EXPECT_EQ(render({}, output_format::tsv, true), "day\trequests\tclients\n");
  EXPECT_EQ(render({}, output_format::tsv, false), "");
  EXPECT_EQ(render({}, output_format::table, true), "day  requests  clients\n");
  EXPECT_EQ(render({}, output_format::json, true),
            "{\n  \"by\": \"day\",\n  \"rows\": [],\n  \"malformed\": []\n}\n");
}

}  // namespace
}  // namespace countips
