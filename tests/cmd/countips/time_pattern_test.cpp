#include "countips/times/time_pattern.h"

#include <gtest/gtest.h>

#include <ctime>
#include <string>

namespace countips {
namespace {

std::optional<timestamp> read(const std::string& pattern, std::string_view text) {
  const auto compiled = time_pattern::compile(pattern);
  time_parts parts;
  if (!compiled || !compiled->take(text, parts) || !text.empty()) return std::nullopt;
  return parts.time();
}

TEST(time_pattern, reads_what_strftime_conversions_write) {
  struct pattern_case {
    std::string pattern, text;
    unsigned day, second;  // day 0: it is no such time.
    bool has_offset = false;
    std::int32_t offset = 0;
  };
  const pattern_case cases[] = {
      {"%d/%b/%Y:%H:%M:%S %z", "02/Jan/2024:03:04:05 +0100", 20240102, 11045, true, 3600},
      {"%a %b %d %H:%M:%S %Y", "Sun Apr 05 01:14:01 2015", 20150405, 4441},
      {"%c", "Sun Apr  5 01:14:01 2015", 20150405, 4441},
      {"%e/%m/%Y", "         5/04/2015", 20150405, 0},
      {"%A, %B %e %Y %I:%M:%S %p", "Friday, February  2 2024 12:00:01 AM", 20240202, 1},
      {"%F %r", "2024-01-02 12:30:00 pm", 20240102, 45000},
      {"%FT%T%z", "2024-01-02T03:04:05+01:00", 20240102, 11045, true, 3600},
      {"%D %R", "01/02/24 03:04", 20240102, 11040},
      {"%y%m%d", "690102", 19690102, 0},
      {"%y%m%d", "680102", 20680102, 0},
      {"%Y %j", "2024 060", 20240229, 0},
      {"%Y %j", "2023 060", 20230301, 0},
      {"%Y %j", "2023 366", 0, 0},
      {"%Y %j", "2023 0", 0, 0},
      {"%s", "1700000000", 20231114, 80000, true, 0},
      {"%Ec", "Sun Apr  5 01:14:01 2015", 20150405, 4441},
      {"%-d.%-m.%Y", "2.1.2024", 20240102, 0},
      {"%d.%m.%Y%n%T %Z", "02.01.2024 \t03:04:05 UTC", 20240102, 11045, true, 0},
      {"%F %T %Z", "2024-01-02 03:04:05 CEST", 20240102, 11045},
      {"%F %I", "2024-01-02 13", 0, 0},
      {"%F %I", "2024-01-02 00", 0, 0},
      {"%F", "2024-02-30", 0, 0},
      {"%F", "2024-02-1x", 0, 0},
      {"100%% %F w%V", "100% 2024-01-02 w01", 20240102, 0},
      {"%T", "03:04:05", 0, 0},
      {"%b", "Foo", 0, 0},
      {"%a %F", "Foo 2024-01-02", 0, 0},
      {"%F %p", "2024-01-02 xm", 0, 0},
      {"%F %z", "2024-01-02 UTC", 0, 0},
  };
  for (const pattern_case& c : cases) {
    SCOPED_TRACE(c.pattern + " of " + c.text);
    const auto time = read(c.pattern, c.text);
    ASSERT_EQ(time.has_value(), c.day != 0);
    if (!time) continue;
    EXPECT_EQ(*time, (timestamp{day::from_number(c.day), c.second, c.offset, c.has_offset}));
  }
}

TEST(time_pattern, refuses_what_it_does_not_know) {
  for (const std::string pattern : {"%F %Q", "%F %", "%F %E"}) {
    std::size_t position = 0;
    EXPECT_FALSE(time_pattern::compile(pattern, &position)) << pattern;
    EXPECT_EQ(position, 3u) << pattern;
  }
}

TEST(time_pattern, knows_whether_it_has_a_day) {
  for (const std::string pattern : {"%F", "%c", "%s", "%Y%j", "%d %h %y", "%D"}) {
    EXPECT_TRUE(time_pattern::compile(pattern)->has_date()) << pattern;
  }
  for (const std::string pattern : {"", "%T", "%Y-%m", "%d/%b", "%j", "%a %Y"}) {
    EXPECT_FALSE(time_pattern::compile(pattern)->has_date()) << pattern;
  }
}

TEST(time_pattern, reads_back_what_strftime_writes) {
  for (const std::string pattern :
       {"%c", "%F %T", "%a %d %B %Y %r", "%Y-%j %X", "%e %h %y %k:%M:%S", "%D %l:%M:%S %P",
        "%G-%V-%u %U %W %w %g %F %T"}) {
    for (std::time_t at = 1'000'000'001; at < 1'900'000'000; at += 12'345'678) {
      std::tm broken{};
      gmtime_r(&at, &broken);
      char text[128];
      ASSERT_NE(std::strftime(text, sizeof text, pattern.c_str(), &broken), 0u);
      auto want = *time_since_epoch(at);
      want.has_offset = false;
      EXPECT_EQ(read(pattern, text), want) << pattern << ": " << text;
    }
  }
}

}  // namespace
}  // namespace countips
