#include "countips/render/page/axis_labels.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "countips/render/page/column_chart.h"

namespace countips {
namespace {

report rows_from(grouping by, const std::string& first, std::size_t count, int step = 1) {
  report made;
  made.by = by;
  const span_number start = number_of_span(by, first).value();
  for (std::size_t i = 0; i < count; ++i) {
    made.rows.push_back({name_of_span(by, start + static_cast<span_number>(i) * step), 1, 1});
  }
  return made;
}

std::vector<axis_label> labels_of(const report& what, double left = 40) {
  const time_line line = time_line_of(what, most_columns);
  const double pitch = (940 - left) / static_cast<double>(line.slots.size());
  return axis_labels(line, {.left = left, .pitch = pitch, .right_margin = 20});
}

// The upper line and the lower one: "29 30 1 | Feb 2024,Mar 2024".
std::string shown(const report& what) {
  std::string upper;
  std::string lower;
  for (const axis_label& label : labels_of(what)) {
    std::string& line = label.line == 0 ? upper : lower;
    if (!line.empty()) line += label.line == 0 ? " " : ", ";
    line += label.text;
  }
  return upper + " | " + lower;
}

struct label_case {
  grouping by;
  const char* first;
  std::size_t count;
  const char* want;
};

const label_case cases[] = {
    {grouping::day, "2024-02-29", 1, "29 | Feb 2024"},
    {grouping::day, "2024-02-28", 3, "28 29 1 | Feb 2024, Mar 2024"},
    {grouping::day, "2024-02-28", 31,
     "28 29 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 | "
     "Mar 2024"},
    {grouping::day, "2024-05-01", 60, "6 13 20 27 3 10 17 24 | May 2024, Jun 2024"},
    {grouping::day, "2023-11-15", 300, "Dec Jan Feb Mar Apr May Jun Jul Aug Sep | 2023, 2024"},
    {grouping::day, "2015-01-02", 4000, "2016 2017 2018 2019 2020 2021 2022 2023 2024 2025 | "},
    {grouping::hour, "2024-02-29 22:00", 4, "22:00 23:00 00:00 01:00 | 29 Feb 2024, 1 Mar 2024"},
    {grouping::hour, "2024-02-28 00:00", 48,
     "00:00 03:00 06:00 09:00 12:00 15:00 18:00 21:00 00:00 03:00 06:00 09:00 12:00 15:00 18:00 "
     "21:00 | 28 Feb 2024, 29 Feb 2024"},
    {grouping::hour, "2024-02-28 00:00", 240, "28 29 1 2 3 4 5 6 7 8 | Feb 2024, Mar 2024"},
    {grouping::week, "2020-W52", 4, "W52 W53 W01 W02 | 2020, 2021"},
    {grouping::week, "2020-W40", 60,
     "W41 W45 W49 W01 W05 W09 W13 W17 W21 W25 W29 W33 W37 W41 W45 | 2020, 2021"},
    {grouping::month, "2023-11", 4, "Nov Dec Jan Feb | 2023, 2024"},
    {grouping::month, "2020-01", 60,
     "Jan Apr Jul Oct Jan Apr Jul Oct Jan Apr Jul Oct Jan Apr Jul Oct Jan Apr Jul Oct | "
     "2020, 2021, 2022, 2023, 2024"},
};

TEST(axis_labels, stand_at_round_dates) {
  for (const label_case& c : cases) {
    SCOPED_TRACE(c.first);
    EXPECT_EQ(shown(rows_from(c.by, c.first, c.count)), c.want);
  }
}

TEST(axis_labels, are_whole_names_where_spans_are_left_out) {
  EXPECT_EQ(shown(rows_from(grouping::day, "2000-01-01", 3, 1000)),
            "2000-01-01 2002-09-27 2005-06-23 | ");
}

void expect_apart(const std::vector<axis_label>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    EXPECT_GE(labels[i].left, 0) << labels[i].text;
    EXPECT_LE(labels[i].left + labels[i].width, 960) << labels[i].text;
    for (std::size_t k = 0; k < i; ++k) {
      if (labels[i].line != labels[k].line) continue;
      const bool apart = labels[k].left + labels[k].width < labels[i].left ||
                         labels[i].left + labels[i].width < labels[k].left;
      EXPECT_TRUE(apart) << labels[k].text << " and " << labels[i].text;
    }
  }
}

TEST(axis_labels, never_touch_and_are_never_missing) {
  std::mt19937 random(3);
  for (const grouping by : {grouping::hour, grouping::day, grouping::week, grouping::month}) {
    for (int round = 0; round < 150; ++round) {
      const int most_step = random() % 2 == 0 ? 1 : 40;
      report what;
      what.by = by;
      span_number number = by == grouping::month ? 24000 : 2000 + random() % 20000;
      const std::size_t rows = 1 + random() % (1U << random() % 11);
      for (std::size_t i = 0; i < rows && what.rows.size() < 5000; ++i) {
        what.rows.push_back({name_of_span(by, number), 1, 1});
        number += 1 + random() % static_cast<unsigned>(most_step);
      }
      SCOPED_TRACE(what.rows.front().name + " to " + what.rows.back().name);
      const std::vector<axis_label> labels = labels_of(what, 20 + random() % 150);
      EXPECT_FALSE(labels.empty());
      expect_apart(labels);
    }
  }
}

}  // namespace
}  // namespace countips
