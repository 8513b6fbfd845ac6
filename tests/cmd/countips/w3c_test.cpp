#include "countips/formats/w3c.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cmd/countips/format_reading.h"

namespace countips {
namespace {

const read_rules all_rules = rules_for_all();

const std::string fields =
    "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) cs-host "
    "sc-status X-Forwarded-For";

line_reading read_behind(const std::string& headers, const std::string& line,
                         const read_rules& rules = all_rules,
                         header_dialect dialect = header_dialect::w3c) {
  w3c_reader reader(rules, w3c_header(dialect));
  std::istringstream lines(headers);
  for (std::string header; std::getline(lines, header);) {
    EXPECT_EQ(reader.read(header), line_kind::comment) << header;
  }
  return read_with(reader, line);
}

TEST(w3c_reader, reads_the_columns_that_the_header_tells) {
  const line_reading got = read_behind(
      fields,
      "2024-06-09 10:00:01 10.0.0.1 GET /a b=1 192.0.2.1 Mozilla/5.0+(x) example.com 200 -");
  const line_reading want = {
      line_kind::request, reject_reason::none, "192.0.2.1",  "2024-06-09", 36001, "0", "200", "GET",
      "/a?b=1",           "Mozilla/5.0+(x)",   "example.com"};
  EXPECT_EQ(got, want);
}

struct header_case {
  const char* name;
  std::string headers, line;
  std::string who, day, offset = "0";  // No client: rejected, and `day` is empty.
};

TEST(w3c_reader, follows_headers) {
  const header_case cases[] = {
      {"CR", "#Fields: date time c-ip\r", "2024-06-09 10:00:01 192.0.2.1\r", "192.0.2.1",
       "2024-06-09"},
      {"in any case", "#FIELDS: DATE TIME C-IP", "2024-06-09 10:00:01 192.0.2.1", "192.0.2.1",
       "2024-06-09"},
      {"the last holds", "#Fields: date time s-ip c-ip\n#Fields: date time c-ip s-ip",
       "2024-06-09 10:00:01 192.0.2.1 10.0.0.1", "192.0.2.1", "2024-06-09"},
      {"runs of blanks", "#Fields:  date  time   c-ip", "2024-06-09   10:00:01 \t 192.0.2.1",
       "192.0.2.1", "2024-06-09"},
      {"tabs", "#Fields: c-agent\tc-ip\tdate\ttime", "Mozilla (a b)\t192.0.2.1\t2024-06-09\t1:2",
       "", ""},
      {"tabs keep blanks", "#Fields: c-agent\tc-ip\tdate\ttime",
       "Mozilla (a b)\t192.0.2.1\t2024-06-09\t10:00:01", "192.0.2.1", "2024-06-09"},
      {"a quote in a query that IIS has left open",
       "#Fields: date time cs-uri-query c-ip sc-status",
       "2024-06-09 10:00:01 \"><script> 192.0.2.1 200", "192.0.2.1", "2024-06-09"},
      {"a quote within a query", "#Fields: date time cs-uri-query cs(User-Agent) c-ip",
       "2024-06-09 10:00:01 \"x\"=1 \"Mozilla 192.0.2.1", "192.0.2.1", "2024-06-09"},
      {"all quoted", "#Fields: date time cs(User-Agent) c-ip",
       R"("2024-06-09" "10:00:01" "a ""b"" c" "192.0.2.1")", "192.0.2.1", "2024-06-09"},
      {"zone of an address", "#Fields: date time c-ip", "2024-06-09 10:00:01 fe80::1%0", "fe80::1",
       "2024-06-09"},
      {"local time", "#Fields: date-local time-local c-ip", "2024-06-09 10:00:01.36 192.0.2.1",
       "192.0.2.1", "2024-06-09", "none"},
      {"offset of the server", "#GMT-Offset: -0800\n#Fields: date time c-ip",
       "2024-06-09 10:00:01 192.0.2.1", "192.0.2.1", "2024-06-09", "-28800"},
      {"day of the header", "#Date: 2024-06-09 10:00:00\n#Fields: time c-ip", "10:00:01 192.0.2.1",
       "192.0.2.1", "2024-06-09"},
      {"next day of the header",
       "#Fields: time c-ip\n#Date: 2024-06-09 10:00:00\n#Date: 2024-06-10 00:00:00",
       "00:00:01 192.0.2.1", "192.0.2.1", "2024-06-10"},
      {"no day at all", "#Fields: time c-ip", "00:00:01 192.0.2.1", "", ""},
      {"a day that is none", "#Date: 2024-06-31\n#Fields: time c-ip", "00:00:01 192.0.2.1", "", ""},
      {"no client column", "#Fields: date time s-ip", "2024-06-09 10:00:01 192.0.2.1", "", ""},
      {"no time column", "#Fields: date c-ip", "2024-06-09 192.0.2.1", "", ""},
      {"dash for a client", "#Fields: date time c-ip", "2024-06-09 10:00:01 -", "", ""},
      {"only a forwarded client", "#Fields: date time X-Forwarded-For",
       "2024-06-09 10:00:01 192.0.2.1,+10.0.0.1", "192.0.2.1", "2024-06-09"},
      {"name of a client", "#Fields: date time c-ip", "2024-06-09 10:00:01 host.example.com",
       "host.example.com", "2024-06-09"},
      {"a blank too many makes no client of a word", "#Fields: date time cs(User-Agent) c-ip",
       "2024-06-09 10:00:01 Mozilla (x) 192.0.2.1", "", ""},
      {"no header", "#Version: 1.0", "2024-06-09 10:00:01 192.0.2.1", "", ""},
  };
  for (const header_case& c : cases) {
    SCOPED_TRACE(c.name);
    const line_reading got = read_behind(c.headers, c.line);
    EXPECT_EQ(got.kind, c.day.empty() ? line_kind::rejected : line_kind::request);
    EXPECT_EQ(got.who, c.who);
    EXPECT_EQ(got.day, c.day);
    if (!c.day.empty()) {
      EXPECT_EQ(got.offset, c.offset);
    }
  }
}

TEST(w3c_reader, has_the_same_reason_whatever_is_wanted) {
  for (const std::string headers : {"#Fields: sc-status", "#Fields: time sc-status c-ip", ""}) {
    SCOPED_TRACE(headers);
    const line_reading got = read_behind(headers, "200", all_rules);
    EXPECT_EQ(got.kind, line_kind::rejected);
    EXPECT_EQ(got.why, read_behind(headers, "200", {}).why);
  }
}

TEST(w3c_reader, counts_for_the_day_of_a_line_whatever_quotes_were_in_the_one_before) {
  const std::string log =
      "#Fields: date time cs-uri-query c-ip sc-status\n"
      "2024-06-09 10:00:00 - 192.0.2.1 200\n"
      "2024-06-10 10:00:00 \"x 192.0.2.2 200\n"
      "2024-06-09 10:00:00 - 192.0.2.1 200\n"
      "2024-06-10 10:00:00 \"x 192.0.2.2 200\n";
  EXPECT_EQ(days_of(count_log(*w3c_format(), log, log.size())),
            "2024-06-09\t2\t1\n2024-06-10\t2\t1\n");
}

TEST(w3c_reader, takes_the_forwarded_client_if_told_so) {
  const std::string start = "2024-06-09 10:00:01 10.0.0.1 GET / - 192.0.2.1 a b 200 ";
  struct forwarded_case {
    std::string field, who;
    client_rules::pick which = client_rules::pick::first;
  };
  const forwarded_case cases[] = {
      {"198.51.100.1", "198.51.100.1"},
      {"-", "192.0.2.1"},
      {"198.51.100.1,+203.0.113.1", "198.51.100.1"},
      {"198.51.100.1,+203.0.113.1", "203.0.113.1", client_rules::pick::last},
      {"198.51.100.1,%20203.0.113.1", "203.0.113.1", client_rules::pick::last},
      {"198.51.100.1:5000", "198.51.100.1"},
  };
  for (const forwarded_case& c : cases) {
    SCOPED_TRACE(c.field);
    read_rules rules;
    rules.forwarded = true;
    rules.clients.which = c.which;
    EXPECT_EQ(read_behind(fields, start + c.field, rules).who, c.who);
    rules.forwarded = false;
    EXPECT_EQ(read_behind(fields, start + c.field, rules).who, "192.0.2.1");
  }
}

TEST(zeek_reader, reads_requests_and_no_connections) {
  const std::string http =
      "#separator \\x09\n#fields\tts\tuid\tid.orig_h\tmethod\thost\turi\tuser_agent\tstatus_code";
  const line_reading got =
      read_behind(http, "1717927201.48\tC1\t192.0.2.1\tGET\texample.com\t/\tMozilla (a b)\t200",
                  all_rules, header_dialect::zeek);
  const line_reading want = {line_kind::request,
                             reject_reason::none,
                             "192.0.2.1",
                             "2024-06-09",
                             36001,
                             "0",
                             "200",
                             "GET",
                             "/",
                             "Mozilla (a b)",
                             "example.com"};
  EXPECT_EQ(got, want);
  EXPECT_EQ(read_behind(http, "1717927201.48\tC1\t192.0.2.1\t-\t-\t-\t-\t-", all_rules,
                        header_dialect::zeek)
                .kind,
            line_kind::other);
  const std::string conn = "#fields\tts\tuid\tid.orig_h\tproto";
  EXPECT_EQ(
      read_behind(conn, "1717927201.48\tC1\t192.0.2.1\ttcp", all_rules, header_dialect::zeek).kind,
      line_kind::other);
}

TEST(cloudfront_format, reads_lines_without_a_header) {
  const std::string line =
      "2024-06-09\t10:00:01\tCDG50-P2\t703\t192.0.2.1\tGET\td1.example.net\t/x\t200\t-\tcurl\t-\n";
  EXPECT_EQ(days_of(count_log(*cloudfront_format(), line, 1)), "2024-06-09\t1\t1\n");
  EXPECT_EQ(days_of(count_log(*w3c_format(), line, 1)), "");
}

// The reader within a block and the formats that blocks hand on must follow headers the same way.
TEST(w3c_format, counts_the_same_however_the_log_is_cut) {
  const std::string log =
      "\xEF\xBB\xBF#Version: 1.0\n#Date: 2024-06-09 10:00:00\n#Fields: time c-ip cs-uri-stem\n"
      "10:00:01 192.0.2.1 /#anchor\n10:00:02 192.0.2.2 /\n\n#Date: 2024-06-10 00:00:00\n"
      "00:00:01 192.0.2.1 /\n#Fields: date time s-ip c-ip\n"
      "2024-06-11 10:00:01 10.0.0.1 192.0.2.3\n2024-06-11 10:00:01 10.0.0.1 192.0.2.4\nbroken\n"
      "\xEF\xBB\xBF#Fields: time c-ip\n#\n##\n00:00:02 192.0.2.9\n#Fields: c-ip date time\n"
      "192.0.2.7 2024-06-12 00:00:00";
  const log_count whole = count_log(*w3c_format(), log, log.size());
  EXPECT_EQ(days_of(whole),
            "2024-06-09\t2\t2\n2024-06-10\t2\t2\n2024-06-11\t2\t2\n2024-06-12\t1\t1\n");
  EXPECT_EQ(whole.lines.comments, 9u);
  EXPECT_EQ(whole.lines.rejected, 1u);
  for (std::size_t size = 1; size < log.size(); ++size) {
    const log_count cut = count_log(*w3c_format(), log, size);
    ASSERT_EQ(days_of(cut), days_of(whole)) << size;
    ASSERT_EQ(cut.lines, whole.lines) << size;
  }
}

TEST(w3c_format, changes_only_with_headers) {
  EXPECT_TRUE(w3c_format()->has_headers());
  EXPECT_EQ(w3c_format()->after("2024-06-09 #Fields: date time c-ip\n#Version: 1.0\n"), nullptr);
  EXPECT_NE(w3c_format()->after("x\n#Fields: date time c-ip"), nullptr);
}

}  // namespace
}  // namespace countips
