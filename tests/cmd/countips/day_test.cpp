#include "countips/times/day.h"

#include <gtest/gtest.h>

#include <chrono>

namespace countips {
namespace {

TEST(day, exists_where_the_calendar_has_it) {
  for (unsigned year = 1896; year <= 2104; ++year) {
    for (unsigned month = 0; month <= 13; ++month) {
      for (unsigned of_month = 0; of_month <= 32; ++of_month) {
        const std::chrono::year_month_day want{std::chrono::year(static_cast<int>(year)),
                                               std::chrono::month(month),
                                               std::chrono::day(of_month)};
        ASSERT_EQ(day::make(year, month, of_month).has_value(), want.ok())
            << year << '-' << month << '-' << of_month;
      }
    }
  }
}

TEST(day, is_written_in_the_order_of_iso) {
  EXPECT_EQ(day::make(2024, 1, 2)->text(), "2024-01-02");
  EXPECT_EQ(day::make(0, 12, 31)->text(), "0000-12-31");
  EXPECT_EQ(day::make(10000, 1, 1), std::nullopt);
}

TEST(day, is_ordered_by_time_and_kept_as_a_number) {
  const auto earlier = day::make(2023, 12, 31);
  const auto later = day::make(2024, 1, 1);
  EXPECT_LT(*earlier, *later);
  EXPECT_LT(day(), *earlier);
  EXPECT_EQ(day::from_number(later->number()), *later);
}

}  // namespace
}  // namespace countips
