#include "countips/times/time_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <random>
#include <string>

namespace countips {
namespace {

struct time_case {
  std::string text;
  std::string
      want;  // "2024-01-02 03:04:05 +3600", without an offset if there is none; empty: none.
};

std::string text_of(const std::optional<timestamp>& time) {
  if (!time) return {};
  const unsigned second = time->second;
  char clock[16];
  std::snprintf(clock, sizeof clock, " %02u:%02u:%02u", second / 3600, second / 60 % 60,
                second % 60);
  const std::string offset = time->offset < 0 ? " " : " +";
  return time->date.text() + clock +
         (time->has_offset ? offset + std::to_string(time->offset) : std::string());
}

template <class Parse>
void expect_times(Parse parse, const std::vector<time_case>& cases) {
  for (const time_case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(text_of(parse(c.text)), c.want);
  }
}

TEST(clf_time_text, is_read_with_and_without_zone_and_fraction) {
  expect_times(parse_clf_time, {{"02/Jan/2024:03:04:05 +0100", "2024-01-02 03:04:05 +3600"},
                                {"02/Jan/2024:03:04:05 -0930", "2024-01-02 03:04:05 -34200"},
                                {"02/Jan/2024:03:04:05.678 +0000", "2024-01-02 03:04:05 +0"},
                                {"02/Jan/2024:03:04:05.678", "2024-01-02 03:04:05"},
                                {"29/Feb/2024:00:00:00", "2024-02-29 00:00:00"},
                                {"31/Dec/2016:23:59:60 +0000", "2016-12-31 23:59:59 +0"},
                                {"02/jan/2024:03:04:05 +0100", "2024-01-02 03:04:05 +3600"},
                                {"32/Jan/2024:03:04:05 +0100", ""},
                                {"29/Feb/2023:03:04:05 +0100", ""},
                                {"00/Jan/2024:03:04:05 +0100", ""},
                                {"02/Foo/2024:03:04:05 +0100", ""},
                                {"02/Jan/2024:24:00:00 +0100", ""},
                                {"02/Jan/2024:23:60:00 +0100", ""},
                                {"02/Jan/2024:23:59:61 +0100", ""},
                                {"02/Jan/2024:03:04:05 +2400", ""},
                                {"02/Jan/2024:03:04:05 +0160", ""},
                                {"02/Jan/2024:03:04:05 ", ""},
                                {"2/Jan/2024:03:04:05", ""},
                                {"02/January/2024:03:04:05", "2024-01-02 03:04:05"},
                                {"02/Jan/2024:03:04", ""},
                                {"02/Jan/2024", ""},
                                {"", ""}});
}

TEST(iso_time_text, is_read_in_its_many_spellings) {
  expect_times(parse_iso_time,
               {{"2024-01-02T03:04:05Z", "2024-01-02 03:04:05 +0"},
                {"2024-01-02 03:04:05", "2024-01-02 03:04:05"},
                {"2024-01-02t03:04:05z", "2024-01-02 03:04:05 +0"},
                {"2024-01-02T03:04:05+02:00", "2024-01-02 03:04:05 +7200"},
                {"2024-01-02T03:04:05-0130", "2024-01-02 03:04:05 -5400"},
                {"2024-01-02T03:04:05+05", "2024-01-02 03:04:05 +18000"},
                {"2024-01-02T03:04:05.123456789+02:00", "2024-01-02 03:04:05 +7200"},
                {"2024-01-02 03:04:05,123", "2024-01-02 03:04:05"},
                {"2016-12-31T23:59:60Z", "2016-12-31 23:59:59 +0"},
                {"9999-12-31T23:59:59Z", "9999-12-31 23:59:59 +0"},
                {"2024-02-30T03:04:05Z", ""},
                {"2024-13-01T03:04:05Z", ""},
                {"2024-01-02T24:00:00Z", ""},
                {"2024-01-02T03:04:05.Z", ""},
                {"2024-01-02T03:04Z", ""},
                {"2024-01-02T03:04:05+2:00", ""},
                {"2024-01-02T03:04:05Z ", ""},
                {"2024-01-02", ""},
                {"24-01-02T03:04:05Z", ""}});
}

TEST(epoch_text, tells_its_unit_by_its_digits) {
  expect_times([](std::string_view text) { return parse_epoch(text); },
               {{"1700000000", "2023-11-14 22:13:20 +0"},
                {"1700000000.999", "2023-11-14 22:13:20 +0"},
                {"1700000000999", "2023-11-14 22:13:20 +0"},
                {"1700000000999.5", "2023-11-14 22:13:20 +0"},
                {"1700000000999999", "2023-11-14 22:13:20 +0"},
                {"1700000000999999999", "2023-11-14 22:13:20 +0"},
                {"951782400", "2000-02-29 00:00:00 +0"},
                {"99999999999", "5138-11-16 09:46:39 +0"},
                {"99999999", ""},
                {"17000000009999999999", ""},
                {"-1700000000", ""},
                {"1700000000.", ""},
                {"1.7e9", ""},
                {"", ""}});
}

TEST(epoch_text, is_read_in_the_unit_given) {
  EXPECT_EQ(text_of(parse_epoch("1700000000", epoch_unit::seconds)), "2023-11-14 22:13:20 +0");
  EXPECT_FALSE(parse_epoch("1700000000", epoch_unit::milliseconds));
  EXPECT_EQ(text_of(parse_epoch("1700000000123", epoch_unit::milliseconds)),
            "2023-11-14 22:13:20 +0");
  EXPECT_FALSE(parse_epoch("1700000000123", epoch_unit::seconds));
}

// Counts the days one by one.
TEST(epoch_text, gives_the_days_of_the_calendar) {
  const unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int64_t at = 0;
  for (unsigned year = 1970; year <= 2110; ++year) {
    const bool leaps = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (unsigned month = 1; month <= 12; ++month) {
      const unsigned length = month == 2 && leaps ? 29 : lengths[month - 1];
      for (unsigned of_month = 1; of_month <= length; ++of_month, at += 86400) {
        ASSERT_EQ(time_since_epoch(at)->date, *day::make(year, month, of_month));
        ASSERT_EQ(time_since_epoch(at + 86399)->date, *day::make(year, month, of_month));
        ASSERT_EQ(time_since_epoch(at + 86399)->second, 86399u);
      }
    }
  }
}

TEST(time_since_epoch, has_limits) {
  EXPECT_EQ(text_of(time_since_epoch(-1)), "1969-12-31 23:59:59 +0");
  EXPECT_EQ(text_of(time_since_epoch(253402300799)), "9999-12-31 23:59:59 +0");
  EXPECT_FALSE(time_since_epoch(253402300800));
  EXPECT_EQ(text_of(time_since_epoch(-62167219200)), "0000-01-01 00:00:00 +0");
  EXPECT_FALSE(time_since_epoch(-62167219201));
}

TEST(take_functions, leave_what_they_do_not_read) {
  struct take_case {
    bool (*take)(std::string_view&, time_parts&);
    std::string_view text, rest;
    bool taken;
  };
  const take_case cases[] = {
      {take_clf_time, "02/Jan/2024:03:04:05 +0100] x", "] x", true},
      {take_clf_time, "02/Jan/2024:03:04:05 x", " x", true},
      {take_clf_time, "02/Jan/2024 03:04:05", "02/Jan/2024 03:04:05", false},
      {take_clf_date, "02/Jan/2024 x", " x", true},
      {take_iso_time, "2024-01-02T03:04:05.5Z\",", "\",", true},
      {take_iso_time, "2024-01-02T03:04", "2024-01-02T03:04", false},
      {take_iso_date, "2024-01-02\t03", "\t03", true},
      {take_clock, "03:04:05.678 x", " x", true},
      {take_clock, "3:04:05", "3:04:05", false},
      {take_zone, "+01:00]", "]", true},
      {take_zone, "+01:x", ":x", true},
      {take_zone, "CET", "CET", false},
  };
  for (const take_case& c : cases) {
    SCOPED_TRACE(c.text);
    std::string_view text = c.text;
    time_parts parts;
    EXPECT_EQ(c.take(text, parts), c.taken);
    EXPECT_EQ(text, c.rest);
  }
}

TEST(take_second_of_day, wants_an_existing_time) {
  std::string_view text = "23:59:60.5";
  EXPECT_EQ(take_second_of_day(text), 86399U);
  EXPECT_EQ(text, ".5");
  for (std::string_view none :
       {"24:00:00", "23:60:00", "23:59:61", "2:00:00", "12:34", "12-34-56"}) {
    EXPECT_EQ(take_second_of_day(none), std::nullopt) << none;
  }
}

TEST(take_offset, reads_its_spellings) {
  struct offset_case {
    std::string_view text, rest;
    std::optional<std::int32_t> want;
  };
  const offset_case cases[] = {{"+0130]", "]", 5400},
                               {"-01:30 x", " x", -5400},
                               {"+05", "", 18000},
                               {"-05:", ":", -18000},
                               {"Z]", "]", 0},
                               {"", "", std::nullopt},
                               {"+2400", "+2400", std::nullopt},
                               {"+0160", "+0160", std::nullopt},
                               {"0100", "0100", std::nullopt}};
  for (const offset_case& c : cases) {
    std::string_view text = c.text;
    EXPECT_EQ(take_offset(text), c.want) << c.text;
    EXPECT_EQ(text, c.rest) << c.text;
  }
}

// Against sscanf, on good times with a byte or two changed.
TEST(iso_time_text, agrees_with_sscanf_on_damaged_times) {
  std::mt19937_64 random(7);
  const std::string_view bytes = "0123456789-:TZ+. ";
  for (int i = 0; i < 200'000; ++i) {
    std::string text = "2024-02-28T23:59:59";
    for (int k = 0; k < 2; ++k) text[random() % text.size()] = bytes[random() % bytes.size()];
    unsigned y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
    int end = 0;
    char separator = 0;
    const int got = std::sscanf(text.c_str(), "%4u-%2u-%2u%c%2u:%2u:%2u%n", &y, &mo, &d, &separator,
                                &h, &mi, &s, &end);
    bool fits = got == 7 && end == 19 && (separator == 'T' || separator == ' ');
    for (const std::size_t at : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u, 11u, 12u, 14u, 15u, 17u, 18u}) {
      fits = fits && text[at] >= '0' && text[at] <= '9';
    }
    fits = fits && day::make(y, mo, d) && h < 24 && mi < 60 && s < 61;
    const auto found = parse_iso_time(text);
    ASSERT_EQ(found.has_value(), fits) << text;
    if (!fits) continue;
    EXPECT_EQ(*found,
              (timestamp{*day::make(y, mo, d), h * 3600 + mi * 60 + std::min(s, 59u), 0, false}));
  }
}

}  // namespace
}  // namespace countips
