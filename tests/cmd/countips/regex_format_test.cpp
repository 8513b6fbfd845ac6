#include "countips/formats/regex_format.h"

#include <gtest/gtest.h>

#include "cmd/countips/format_reading.h"
#include "cmd/countips/nasty_log.h"
#include "countips/formats/clf.h"
#include "countips/formats/clf_time.h"

namespace countips {
namespace {

const std::string full =
    R"re(^(?P<host>\S+) (?P<client>\S+) \[(?P<time_clf>[^]]+)\] "(?P<request>.*)" )re"
    R"re((?P<status>\d+) "(?P<agent>.*)"(?: (?P<forwarded>\S+))?$)re";
const std::string line =
    R"(h 192.0.2.1:80 [09/Jun/2024:10:00:01 +0200] "GET /a" b HTTP/1.1" 200 "x y")";

line_reading read_regex(const std::string& pattern, std::string_view text,
                        const read_rules& rules) {
  regex_reader reader(rules, compile_regex(pattern).value());
  return read_with(reader, text);
}

TEST(regex_format, reads_the_named_groups) {
  const line_reading want = {line_kind::request,
                             reject_reason::none,
                             "192.0.2.1",
                             "2024-06-09",
                             36001,
                             "7200",
                             "200",
                             "GET",
                             "/a\" b",
                             "x y",
                             "h"};
  EXPECT_EQ(read_regex(full, line, rules_for_all()), want);
  EXPECT_EQ(read_regex(full, line + "\r", rules_for_all()), want);
}

TEST(regex_format, takes_the_forwarded_client_if_told_so) {
  read_rules rules;
  EXPECT_EQ(read_regex(full, line + " 198.51.100.1", rules).who, "192.0.2.1");
  rules.forwarded = true;
  EXPECT_EQ(read_regex(full, line + " 198.51.100.1", rules).who, "198.51.100.1");
  EXPECT_EQ(read_regex(full, line + " -", rules).who, "192.0.2.1");
  EXPECT_EQ(read_regex(full, line, rules).who, "192.0.2.1");
}

TEST(regex_format, reads_times_by_the_names_of_their_groups) {
  struct time_case {
    std::string group, text;
    bool is_time;
  };
  const time_case cases[] = {
      {"time", "2024-06-09T10:00:01Z", true},
      {"time", "1717927201.5", true},
      {"time", "Sun Jun  9 10:00:01 2024", true},
      {"time_iso", "2024-06-09 10:00:01", true},
      {"time_iso", "09/Jun/2024:10:00:01 +0000", false},
      {"time_clf", "09/Jun/2024:10:00:01 +0000", true},
      {"time_clf", "2024-06-09T10:00:01Z", false},
      {"time_ctime", "Sun Jun  9 10:00:01 2024", true},
      {"time_epoch", "1717927201", true},
      {"time_epoch", "2024-06-09T10:00:01Z", false},
  };
  for (const time_case& c : cases) {
    SCOPED_TRACE(c.group + ": " + c.text);
    const line_reading got =
        read_regex("(?P<client>\\S+)\\|(?P<" + c.group + ">.*)", "192.0.2.1|" + c.text, {});
    EXPECT_EQ(got.kind, c.is_time ? line_kind::request : line_kind::rejected);
    if (c.is_time) {
      EXPECT_EQ(got.day, "2024-06-09");
    }
    if (!c.is_time) {
      EXPECT_EQ(got.why, reject_reason::no_time);
    }
  }
}

TEST(regex_format, rejects_what_does_not_match) {
  const std::string pattern = "^(?P<client>\\S+) (?P<time>\\S+)$";
  EXPECT_EQ(read_regex(pattern, "192.0.2.1", {}).why, reject_reason::shape);
  EXPECT_EQ(read_regex(pattern, "", {}).why, reject_reason::shape);
  EXPECT_EQ(read_regex(pattern, "- 2024-06-09T10:00:01Z", {}).why, reject_reason::no_client);
  EXPECT_EQ(read_regex(pattern, "192.0.2.1 2024-06-31T10:00:01Z", {}).why, reject_reason::no_time);
}

TEST(regex_format, loses_no_line_to_its_bytes) {
  const std::string pattern = "^(?P<client>\\S+) (?P<time>\\S+) \"(?P<request>.*)\"$";
  const std::string bytes =
      std::string("192.0.2.1 2024-06-09T10:00:01Z \"GET /\xff\xfe\0\x80\"", 42);
  EXPECT_EQ(read_regex(pattern, bytes, {}).kind, line_kind::request);
}

TEST(regex_format, tells_what_is_wrong_with_a_pattern) {
  struct error_case {
    std::string pattern, part_of_error;
  };
  std::string many = "(?P<client>a)(?P<time>b)";
  for (int i = 0; i < 40; ++i) many += "(x)?";
  const error_case cases[] = {
      {"(?P<client>\\S+", "missing )"},
      {"(?P<client>a)(?P<time>b)(?P<time_iso>c)", "tells what another one tells"},
      {"(?P<client>a)(?P<time>b)(?P<request>c)(?P<path>c)", "tells what another one tells"},
      {"(?P<client>a)(?P<time>b)(?P<clinet>c)", "'clinet'"},
      {"(?P<time>b)", "no group (?P<client>...)"},
      {"(?P<client>b)", "no group (?P<time>...)"},
      {"", "no group (?P<client>...)"},
      {many, "more than 32 groups"},
  };
  for (const error_case& c : cases) {
    SCOPED_TRACE(c.pattern);
    const auto format = regex_format(c.pattern);
    ASSERT_FALSE(format.has_value());
    EXPECT_NE(format.error().find(c.part_of_error), std::string::npos) << format.error();
  }
}

// Lines with an address, " - - " and a time of the right shape mean the same to both.
TEST(regex_format, agrees_with_the_reader_of_combined) {
  const auto format = regex_format(
      R"(^(?P<client>\S+) - - \[(?P<time_clf>\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\])");
  ASSERT_TRUE(format.has_value());
  const std::string log = make_nasty_log(3000, 4);
  std::string common;  // Those that the expression can match.
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size() - 1) + 1;
    const std::string one = log.substr(at, end - at);
    const std::size_t head = one.find(" - - [");
    const bool has_time =
        head != std::string::npos && is_clf_time_shaped(std::string_view(one).substr(head + 5));
    if (has_time && address_client(one.substr(0, head))) common += one;
    at = end;
  }
  EXPECT_GT(common.size(), 10000u);
  const log_count by_regex = count_log(**format, common, 4096);
  const log_count by_reader = count_log(*combined_format(), common, 4096);
  EXPECT_EQ(days_of(by_regex), days_of(by_reader));
  EXPECT_EQ(by_regex.lines.accepted, by_reader.lines.accepted);
}

}  // namespace
}  // namespace countips
