#include "countips/times/time_zone.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <random>
#include <string>

namespace countips {
namespace {

constexpr std::int32_t hour = 3600;

timestamp at(std::uint32_t date, std::uint32_t second, std::int32_t offset) {
  return {.date = day::from_number(date), .second = second, .offset = offset, .has_offset = true};
}

struct zone_case {
  std::string zone;
  timestamp time;
  std::uint32_t date;
  std::uint32_t second;
  std::optional<std::int16_t> told_apart_by = std::nullopt;
};

TEST(zone_clock, shows_the_time_of_its_zone) {
  const zone_case cases[] = {
      {"UTC", at(20240609, 30 * 60, 2 * hour), 20240608, 22 * 3600 + 30 * 60},
      {"UTC", at(20231231, 23 * 3600, -2 * hour), 20240101, 1 * 3600},
      {"UTC", at(20240301, 0, 0), 20240301, 0},
      {"UTC", at(20161231, 86399, 0), 20161231, 86399},
      {"Europe/Berlin", at(20240101, 23 * 3600, 0), 20240102, 0},
      // On 2018-10-28 there were two hours from two to three, on 2018-03-25 none.
      {"Europe/Berlin", at(20181027, 86399, 0), 20181028, 2 * 3600 - 1},
      {"Europe/Berlin", at(20181028, 0, 0), 20181028, 2 * 3600, 120},
      {"Europe/Berlin", at(20181028, 30 * 60, 0), 20181028, 2 * 3600 + 30 * 60, 120},
      {"Europe/Berlin", at(20181028, 3599, 0), 20181028, 3 * 3600 - 1, 120},
      {"Europe/Berlin", at(20181028, 3600, 0), 20181028, 2 * 3600, 60},
      {"Europe/Berlin", at(20181028, 3600 + 30 * 60, 0), 20181028, 2 * 3600 + 30 * 60, 60},
      {"Europe/Berlin", at(20181028, 7200, 0), 20181028, 3 * 3600},
      // There the clock is set back by half an hour, from two to half past one.
      {"Australia/Lord_Howe", at(20240406, 13 * 3600, 0), 20240407, 0},
      {"Australia/Lord_Howe", at(20240406, 14 * 3600, 0), 20240407, 3600, 660},
      {"Australia/Lord_Howe", at(20240406, 15 * 3600 - 1, 0), 20240407, 7199, 660},
      {"Australia/Lord_Howe", at(20240406, 15 * 3600, 0), 20240407, 5400, 630},
      {"Australia/Lord_Howe", at(20240406, 15 * 3600 + 1800, 0), 20240407, 7200},
      {"Europe/Berlin", at(20181028, 22 * 3600 + 59 * 60, 0), 20181028, 23 * 3600 + 59 * 60},
      {"Europe/Berlin", at(20181028, 23 * 3600, 0), 20181029, 0},
      {"Europe/Berlin", at(20180325, 3600, 0), 20180325, 3 * 3600},
      {"Asia/Kathmandu", at(20240609, 0, 0), 20240609, 5 * 3600 + 45 * 60},
      {"Pacific/Apia", at(20111230, 9 * 3600, 0), 20111229, 23 * 3600},
      {"Pacific/Apia", at(20111230, 10 * 3600, 0), 20111231, 0},  // The 30th did not happen.
  };
  for (const zone_case& c : cases) {
    SCOPED_TRACE(c.zone + " " + c.time.date.text() + " " + std::to_string(c.time.second));
    const auto zone = time_zone::named(c.zone);
    ASSERT_TRUE(zone.has_value());
    zone_clock clock(*zone);
    EXPECT_EQ(clock.at(c.time), (local_time{day::from_number(c.date), c.second, c.told_apart_by}));
  }
}

TEST(zone_clock, shows_no_day_outside_of_the_years_of_four_digits) {
  for (const char* name : {"UTC", "Europe/Berlin"}) {
    zone_clock clock(*time_zone::named(name));
    const day last = day::from_number(99991231);
    EXPECT_EQ(clock.at(at(99991231, 3600, 0)).date, last) << name;
    EXPECT_EQ(clock.at(at(99991231, 86399, -12 * hour)).date, day()) << name;
    EXPECT_EQ(clock.at(at(99991231, 86398, -12 * hour)).date, day()) << name;
    EXPECT_EQ(clock.at(at(101, 0, 2 * hour)).date, day()) << name;  // 0000-01-01
    EXPECT_EQ(clock.at(at(99991231, 3600, 0)).date, last) << name;
  }
}

TEST(zone_clock, leaves_times_of_the_line_and_those_without_a_zone_alone) {
  zone_clock of_the_line{time_zone()};
  EXPECT_EQ(of_the_line.at(at(20240609, 5, 7 * hour)), (local_time{day::from_number(20240609), 5}));
  zone_clock berlin(*time_zone::named("Europe/Berlin"));
  timestamp bare = at(20240609, 86399, 0);
  bare.has_offset = false;
  EXPECT_EQ(berlin.at(bare), (local_time{day::from_number(20240609), 86399}));
}

TEST(time_zone, is_none_without_such_a_name) {
  for (const char* name : {"", "Nowhere/Else", "../etc/passwd", "europe/berlin "}) {
    EXPECT_FALSE(time_zone::named(name).has_value()) << name;
  }
}

// Beside the C library up to 2036, where the tables of the system end; in an order that makes the
// clock remember and forget.
TEST(zone_clock, agrees_with_localtime) {
  constexpr const char* name = "America/New_York";
  ::setenv("TZ", name, 1);
  ::tzset();
  zone_clock clock(*time_zone::named(name));
  std::mt19937_64 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto moment = static_cast<std::time_t>(random() % 2'100'000'000U);
    std::tm utc{};
    std::tm want{};
    ASSERT_NE(::gmtime_r(&moment, &utc), nullptr);
    ASSERT_NE(::localtime_r(&moment, &want), nullptr);
    const auto number = [](const std::tm& time) {
      return static_cast<std::uint32_t>((time.tm_year + 1900) * 10000 + (time.tm_mon + 1) * 100 +
                                        time.tm_mday);
    };
    const auto second = [](const std::tm& time) {
      return static_cast<std::uint32_t>(time.tm_hour * 3600 + time.tm_min * 60 + time.tm_sec);
    };
    const auto shows_same_hour = [&](std::time_t other) {
      std::tm then{};
      return ::localtime_r(&other, &then) != nullptr && then.tm_mday == want.tm_mday &&
             then.tm_hour == want.tm_hour;
    };
    local_time expected{day::from_number(number(want)), second(want)};
    if (shows_same_hour(moment - hour) || shows_same_hour(moment + hour)) {
      expected.told_apart_by = static_cast<std::int16_t>(want.tm_gmtoff / 60);
    }
    ASSERT_EQ(clock.at(at(number(utc), second(utc), 0)), expected) << moment;
  }
  ::unsetenv("TZ");
  ::tzset();
}

}  // namespace
}  // namespace countips
