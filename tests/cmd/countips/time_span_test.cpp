#include "countips/render/page/time_span.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

#include "countips/counting/group_name.h"

namespace countips {
namespace {

constexpr grouping spans[] = {grouping::hour, grouping::day, grouping::week, grouping::month};

struct name_case {
  grouping by;
  const char* name;
  span_number number;
};

const name_case cases[] = {
    {grouping::hour, "1970-01-01 00:00", 0},  {grouping::hour, "1970-01-02 03:00", 27},
    {grouping::hour, "1969-12-31 23:00", -1}, {grouping::day, "1970-01-01", 0},
    {grouping::day, "2024-02-29", 19782},     {grouping::day, "0000-01-01", -719528},
    {grouping::week, "1970-W02", 0},          {grouping::week, "1970-W01", -1},
    {grouping::week, "2020-W53", 2660},       {grouping::week, "2021-W01", 2661},
    {grouping::month, "0000-01", 0},          {grouping::month, "2024-02", 24289},
};

TEST(time_span, has_a_number_for_each_name) {
  for (const name_case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(number_of_span(c.by, c.name), c.number);
    EXPECT_EQ(name_of_span(c.by, c.number), c.name);
  }
}

TEST(time_span, may_be_one_of_two_hours_with_their_offsets) {
  for (const std::string offset : {"+01:00", "-03:30", ""}) {
    EXPECT_EQ(number_of_span(grouping::hour, "1970-01-02 03:00" + offset), 27) << offset;
  }
  for (const std::string behind : {"+0100 ", "01:00 ", "+01:00 ", "+aa:00", "title>", "+"}) {
    EXPECT_EQ(number_of_span(grouping::hour, "1970-01-02 03:00" + behind), std::nullopt) << behind;
  }
  EXPECT_EQ(number_of_span(grouping::day, "1970-01-02+01:00"), std::nullopt);
}

// Against the names that the count gives, day by day.
TEST(time_span, follows_the_names_of_groups) {
  using namespace std::chrono;
  for (const grouping by : spans) {
    std::string last_name;
    span_number last = 0;
    for (sys_days at = 2019y / 1 / 1; at < sys_days(2029y / 1 / 1); at += days(1)) {
      const year_month_day date(at);
      const auto number = [](const year_month_day& d) {
        return static_cast<group_key>(static_cast<int>(d.year())) * 10000 +
               static_cast<unsigned>(d.month()) * 100 + static_cast<unsigned>(d.day());
      };
      group_key key = number(date);
      if (by == grouping::hour) key = hour_key::of(key, 23);
      if (by == grouping::week) key = number(at - (weekday(at) - Monday));
      if (by == grouping::month) key /= 100;
      const std::string name = group_name(by, key);
      const auto found = number_of_span(by, name);
      ASSERT_TRUE(found) << name;
      EXPECT_EQ(name_of_span(by, *found), name);
      if (!last_name.empty() && name != last_name) {
        EXPECT_EQ(*found - last, by == grouping::hour ? 24 : 1) << name;
      }
      last_name = name;
      last = *found;
    }
  }
}

TEST(time_span, is_the_same_for_hours_that_the_clock_shows_twice) {
  const auto plain = number_of_span(grouping::hour, "2018-10-28 02:00");
  EXPECT_EQ(number_of_span(grouping::hour, "2018-10-28 02:00+02:00"), plain);
  EXPECT_EQ(number_of_span(grouping::hour, "2018-10-28 02:00-11:30"), plain);
  EXPECT_EQ(number_of_span(grouping::hour, "2018-10-28 02:00+2"), std::nullopt);
  EXPECT_EQ(number_of_span(grouping::day, "2018-10-28+02:00"), std::nullopt);
}

TEST(time_span, knows_when_names_are_none) {
  for (const grouping by : spans) {
    for (const char* name : {"", "total", "2024", "2024-", "2024-1", "2024-13", "2024-00-01",
                             "2024-02-30", "2024-02-30 10:00", "abcd-ef-gh ij:00", "2024-Wxx"}) {
      EXPECT_EQ(number_of_span(by, name), std::nullopt) << name;
    }
  }
  EXPECT_EQ(number_of_span(grouping::file, "2024-02-29"), std::nullopt);
}

TEST(time_span, begins_at_a_date_and_hour) {
  using namespace std::chrono;
  const span_begin week = begin_of_span(grouping::week, 2661);
  EXPECT_EQ(week.date, 2021y / 1 / 4);
  const span_begin hour = begin_of_span(grouping::hour, -1);
  EXPECT_EQ(hour.date, 1969y / 12 / 31);
  EXPECT_EQ(hour.hour, 23U);
}

}  // namespace
}  // namespace countips
