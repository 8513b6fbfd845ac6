#include "countips/counting/count_block.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "countips/formats/clf.h"

namespace countips {
namespace {

const std::string hit_a = "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] x\n";
const std::string hit_b = "192.0.2.2 - - [09/Jun/2024:10:00:00 +0200] x\n";
const std::string next_day = "192.0.2.1 - - [10/Jun/2024:10:00:00 +0200] x\n";

line_counts count_combined(const std::string& text, const count_options& options, group_key file,
                           tally& into) {
  return count_block(text, *combined_format(), options, file, into);
}

line_counts counts_of(std::uint64_t lines, std::uint64_t accepted, std::uint64_t blank,
                      std::uint64_t rejected, std::uint64_t first) {
  return {.lines = lines,
          .accepted = accepted,
          .counted = accepted,
          .blank = blank,
          .rejected = rejected,
          .first_rejected = first,
          .first_reason = first == 0 ? reject_reason::none : reject_reason::shape};
}

TEST(count_block, counts_every_line_as_one_thing) {
  struct block_case {
    const char* name;
    std::string text;
    line_counts want;
  };
  const block_case cases[] = {
      {"nothing", "", {}},
      {"one hit", hit_a, counts_of(1, 1, 0, 0, 0)},
      {"no line end", hit_a.substr(0, hit_a.size() - 1), counts_of(1, 1, 0, 0, 0)},
      {"blank lines", "\n\r\n \t\v\f\r\n", counts_of(3, 0, 3, 0, 0)},
      {"rejected", hit_a + "x\n\ny\n", counts_of(4, 1, 1, 2, 2)},
      {"rejected without line end", hit_a + "\nx", counts_of(3, 1, 1, 1, 3)},
      {"NUL is not blank", std::string("\0\n", 2), counts_of(1, 0, 0, 1, 1)},
  };
  for (const block_case& c : cases) {
    SCOPED_TRACE(c.name);
    tally counted;
    EXPECT_EQ(count_combined(c.text, {}, 0, counted), c.want);
  }
}

TEST(count_block, rejects_a_time_that_is_on_no_day_of_the_zone) {
  const std::string late = "192.0.2.1 - - [31/Dec/9999:23:00:00 -1200] x\n";
  const std::string early = "192.0.2.1 - - [01/Jan/0000:00:00:00 +0100] x\n";
  for (const grouping by : {grouping::hour, grouping::day, grouping::week, grouping::month,
                            grouping::total, grouping::file}) {
    count_options options;
    options.by = by;
    tally as_written;
    EXPECT_EQ(
        count_combined(hit_a + late + early + late, with_wanted_fields(options), 0, as_written),
        counts_of(4, 4, 0, 0, 0));
    options.zone = time_zone::utc();
    tally in_utc;
    line_counts want = counts_of(6, 2, 0, 4, 2);
    want.first_reason = reject_reason::no_time;
    EXPECT_EQ(count_combined(hit_a + late + late + early + hit_a + late,
                             with_wanted_fields(options), 0, in_utc),
              want);
    EXPECT_EQ(in_utc.size(), 1U);
  }
}

TEST(count_block, has_a_group_for_each_of_25_hours) {
  std::string log;
  for (int hour = 0; hour < 25; ++hour) {  // From 22:00 on in UTC.
    const int of_day = (hour + 22) % 24;
    log += "192.0.2.1 - - [" + std::string(hour < 2 ? "27" : "28") +
           "/Oct/2018:" + std::to_string(100 + of_day).substr(1) + ":30:00 +0000] x\n";
  }
  count_options options;
  options.by = grouping::hour;
  options.zone = *time_zone::named("Europe/Berlin");
  tally counted;
  static_cast<void>(count_combined(log, with_wanted_fields(options), 0, counted));
  EXPECT_EQ(counted.size(), 25U);
}

TEST(count_block, groups_by_day) {
  tally counted;
  const auto counts = count_combined(hit_a + next_day + hit_b + hit_a + hit_a, {}, 7, counted);
  EXPECT_EQ(counts.counted, 5u);
  ASSERT_EQ(counted.size(), 2u);
  EXPECT_EQ(counted.at(20240609).requests, 4u);
  EXPECT_EQ(counted.at(20240609).clients.size(), 2u);
  EXPECT_EQ(counted.at(20240610).requests, 1u);
  EXPECT_EQ(counted.at(20240610).clients.size(), 1u);
}

TEST(count_block, groups_by_file) {
  tally counted;
  EXPECT_EQ(count_combined(hit_a + next_day, {.by = grouping::file}, 7, counted).counted, 2u);
  EXPECT_EQ(count_combined(hit_b, {.by = grouping::file}, 8, counted).counted, 1u);
  EXPECT_EQ(count_combined(hit_b, {.by = grouping::file}, 7, counted).counted, 1u);
  ASSERT_EQ(counted.size(), 2u);
  EXPECT_EQ(counted.at(7).requests, 3u);
  EXPECT_EQ(counted.at(7).clients.size(), 2u);
}

TEST(count_block, looks_at_no_more_than_the_longest_line) {
  const std::size_t needed = hit_a.find(']') + 1;
  count_options options;
  tally counted;
  options.reading.longest_line = needed;
  EXPECT_EQ(count_combined(hit_a + hit_a, options, 0, counted).counted, 2u);
  options.reading.longest_line = needed - 1;
  EXPECT_EQ(count_combined(hit_a + hit_a, options, 0, counted), counts_of(2, 0, 0, 2, 1));
}

}  // namespace
}  // namespace countips
