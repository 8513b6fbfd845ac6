#include "countips/render/page/time_line.h"

#include <gtest/gtest.h>

#include <random>

namespace countips {
namespace {

report days(std::vector<report_row> rows) {
  report made;
  made.rows = std::move(rows);
  return made;
}

TEST(time_line, has_a_slot_for_every_day_between) {
  const report what = days({{"2024-02-28", 5, 2}, {"2024-03-02", 3, 3}});
  const time_line line = time_line_of(what, 100);
  ASSERT_EQ(line.slots.size(), 4U);
  EXPECT_EQ(line.slots[0].most_requests, &what.rows[0]);
  EXPECT_EQ(line.slots[1].most_requests, nullptr);
  EXPECT_EQ(line.slots[2].most_clients, nullptr);
  EXPECT_EQ(line.slots[3].most_clients, &what.rows[1]);
  EXPECT_EQ(name_of_slot(line.by, line.slots[1]), "2024-02-29");
  EXPECT_EQ(line.spans_per_slot, 1U);
  EXPECT_EQ(line.left_out, 0U);
}

TEST(time_line, leaves_out_what_would_hide_the_rows) {
  const report what = days({{"1970-01-01", 1, 1}, {"2024-02-28", 5, 2}, {"2024-03-01", 3, 3}});
  const time_line line = time_line_of(what, 100);
  ASSERT_EQ(line.slots.size(), 3U);
  EXPECT_EQ(line.left_out, 19780U + 1U);
  EXPECT_EQ(name_of_slot(line.by, line.slots[1]), "2024-02-28");
}

TEST(time_line, joins_neighbours_when_there_are_too_many) {
  const report what = days({{"2024-01-01", 5, 2},
                            {"2024-01-02", 9, 1},
                            {"2024-01-03", 9, 7},
                            {"2024-01-04", 1, 1},
                            {"2024-01-07", 2, 2}});
  const time_line line = time_line_of(what, 3);
  ASSERT_EQ(line.slots.size(), 3U);
  EXPECT_EQ(line.spans_per_slot, 3U);
  EXPECT_EQ(name_of_slot(line.by, line.slots[0]), "2024-01-01 to 2024-01-03");
  EXPECT_EQ(line.slots[0].most_requests, &what.rows[1]);
  EXPECT_EQ(line.slots[0].most_clients, &what.rows[2]);
  EXPECT_EQ(line.slots[1].most_requests, &what.rows[3]);
  EXPECT_EQ(name_of_slot(line.by, line.slots[2]), "2024-01-07");
}

TEST(time_line, has_both_of_two_hours_that_the_clock_shows_alike) {
  report what = days({{"2018-10-28 01:00", 1, 1},
                      {"2018-10-28 02:00+02:00", 5, 2},
                      {"2018-10-28 02:00+01:00", 3, 3},
                      {"2018-10-28 03:00", 1, 1}});
  what.by = grouping::hour;
  const time_line line = time_line_of(what, 100);
  ASSERT_EQ(line.slots.size(), 4U);
  EXPECT_EQ(line.slots[1].most_requests, &what.rows[1]);
  EXPECT_EQ(line.slots[2].most_requests, &what.rows[2]);
  EXPECT_EQ(name_of_slot(line.by, line.slots[2]), "2018-10-28 02:00+01:00");
  what.rows[0].name = "1970-01-01 00:00";
  const std::uint64_t hours = time_line_of(what, 100).left_out;
  what.rows.erase(what.rows.begin() + 2);
  EXPECT_EQ(hours, time_line_of(what, 100).left_out);
}

TEST(time_line, is_empty_without_rows) {
  EXPECT_TRUE(time_line_of({}, 10).slots.empty());
}

// Whatever the dates, no slot is lost and the highest are found.
TEST(time_line, covers_every_row) {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    report what;
    span_number number = 0;
    const int rows = 1 + static_cast<int>(random() % 300);
    for (int i = 0; i < rows; ++i) {
      number += 1 + (random() % 8 == 0 ? random() % (1U << random() % 10) : 0);
      what.rows.push_back({name_of_span(grouping::day, number), random() % 100, random() % 50});
    }
    const std::size_t most = 1 + random() % 100;
    const time_line line = time_line_of(what, most);
    EXPECT_LE(line.slots.size(), most);
    std::size_t row = 0;
    for (const time_slot& slot : line.slots) {
      std::uint64_t requests = 0;
      for (; row < what.rows.size(); ++row) {
        if (*number_of_span(grouping::day, what.rows[row].name) > slot.last) break;
        requests = std::max(requests, what.rows[row].requests);
      }
      EXPECT_EQ(slot.most_requests == nullptr ? 0 : slot.most_requests->requests, requests);
    }
    EXPECT_EQ(row, what.rows.size());
  }
}

}  // namespace
}  // namespace countips
