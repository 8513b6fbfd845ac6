#include "cli/progress_meter.h"

#include <gtest/gtest.h>

#include <random>

namespace cli {
namespace {

using namespace std::chrono_literals;

struct percent_case {
  const char* name;
  progress_sample sample;
  std::optional<int> want;
};

const percent_case percent_cases[] = {
    {"nothing known", {.items = 5}, std::nullopt},
    {"counting", {.items = 5, .items_total = 10, .counting = true}, std::nullopt},
    {"items", {.items = 5, .items_total = 10}, 50},
    {"bytes rather than items",
     {.items = 9, .items_total = 10, .bytes = 25, .bytes_total = 100},
     25},
    {"items cost",
     {.items = 50, .items_total = 100, .bytes = 0, .bytes_total = 100, .item_cost = 9},
     45},
    {"bytes done, items not",
     {.items = 9, .items_total = 10, .bytes = 100, .bytes_total = 100},
     99},
    {"items done, bytes not",
     {.items = 10, .items_total = 10, .bytes = 999, .bytes_total = 1000},
     99},
    {"rounded down", {.items = 999, .items_total = 1000}, 99},
    {"done", {.items = 10, .items_total = 10, .bytes = 7, .bytes_total = 7}, 100},
    {"more than announced", {.items = 12, .items_total = 10, .bytes = 70, .bytes_total = 7}, 100},
    {"a file grew while others wait",
     {.items = 1, .items_total = 10, .bytes = 70, .bytes_total = 7},
     99},
    {"bytes without items", {.bytes = 1, .bytes_total = 4}, 25},
};

TEST(progress_meter, percent) {
  for (const percent_case& c : percent_cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(progress_meter().update(c.sample, 0s).percent, c.want);
  }
}

TEST(progress_meter, percent_never_falls) {
  progress_meter meter;
  EXPECT_EQ(meter.update({.items = 50, .items_total = 100}, 1s).percent, 50);
  EXPECT_EQ(meter.update({.items = 50, .items_total = 200}, 2s).percent, 50);
  EXPECT_EQ(meter.update({.items = 150, .items_total = 200}, 3s).percent, 75);
}

TEST(progress_meter, no_rate_before_half_a_second) {
  progress_meter meter;
  EXPECT_FALSE(meter.update({.items = 0, .items_total = 10}, 0ms).items_per_second);
  EXPECT_FALSE(meter.update({.items = 2, .items_total = 10}, 400ms).items_per_second);
  const progress_figures figures = meter.update({.items = 2, .items_total = 10}, 500ms);
  ASSERT_TRUE(figures.items_per_second);
  EXPECT_DOUBLE_EQ(*figures.items_per_second, 4);
  EXPECT_EQ(figures.left, 2s) << "8 left at 4 a second";
}

TEST(progress_meter, rate_is_that_of_the_last_seconds) {
  progress_meter meter;
  std::uint64_t bytes = 0;
  progress_figures figures;
  for (int tenth = 0; tenth <= 300; ++tenth) {
    bytes += tenth < 200 ? 1000 : 10;  // Fast for 20 s, then slow for 10 s.
    figures = meter.update({.bytes = bytes, .bytes_total = bytes + 1000}, tenth * 100ms);
  }
  ASSERT_TRUE(figures.bytes_per_second);
  EXPECT_DOUBLE_EQ(*figures.bytes_per_second, 100);
  EXPECT_EQ(figures.left, 10s);
}

TEST(progress_meter, no_time_left_when_nothing_moves) {
  progress_meter meter;
  meter.update({.items = 5, .items_total = 10}, 0s);
  const progress_figures figures = meter.update({.items = 5, .items_total = 10}, 10s);
  ASSERT_TRUE(figures.items_per_second);
  EXPECT_EQ(*figures.items_per_second, 0);
  EXPECT_FALSE(figures.left);
}

TEST(progress_meter, no_time_left_while_counting) {
  progress_meter meter;
  meter.update({.items = 0, .items_total = 10, .counting = true}, 0s);
  const auto figures = meter.update({.items = 5, .items_total = 10, .counting = true}, 1s);
  EXPECT_FALSE(figures.left);
  EXPECT_TRUE(figures.items_per_second);
}

// What is skipped, or shared with the source, gets done but is not moved.
TEST(progress_meter, bytes_that_did_not_move_make_no_rate) {
  progress_meter meter;
  meter.update({.bytes = 0, .bytes_total = 1000, .bytes_moved = 0}, 0s);
  const auto figures = meter.update({.bytes = 500, .bytes_total = 1000, .bytes_moved = 10}, 1s);
  ASSERT_TRUE(figures.bytes_per_second);
  EXPECT_DOUBLE_EQ(*figures.bytes_per_second, 10);
  EXPECT_EQ(figures.percent, 50);
  EXPECT_EQ(figures.left, 1s);
}

TEST(progress_meter, asked_once_gives_the_rate_since_the_start) {
  const auto figures = progress_meter().update({.items = 50, .items_total = 100}, 10s);
  ASSERT_TRUE(figures.items_per_second);
  EXPECT_DOUBLE_EQ(*figures.items_per_second, 5);
  EXPECT_EQ(figures.left, 10s);
}

// Whatever a command reports: totals that come late, grow, shrink or vanish, work that is undone.
progress_sample any_sample(std::mt19937& random) {
  const auto amount = [&]() -> std::uint64_t {
    return random() % 4 == 0 ? 0 : random() >> (random() % 32);
  };
  const auto total = [&] { return random() % 4 == 0 ? std::nullopt : std::optional(amount()); };
  return {.items = amount(),
          .items_total = total(),
          .bytes = amount(),
          .bytes_total = total(),
          .bytes_moved = total(),
          .counting = random() % 3 == 0,
          .item_cost = random() % 2 == 0 ? 0 : amount()};
}

TEST(progress_meter, keeps_its_promises_for_any_samples) {
  std::mt19937 random(1);
  for (int run = 0; run < 500; ++run) {
    progress_meter meter;
    std::chrono::milliseconds at{0};
    int highest = 0;
    for (int i = 0; i < 50; ++i) {
      at += std::chrono::milliseconds(random() % 2000);
      const progress_sample sample = any_sample(random);
      const progress_figures figures = meter.update(sample, at);
      EXPECT_FALSE(sample.counting && (figures.percent || figures.left));
      if (figures.bytes_per_second) {
        EXPECT_GE(*figures.bytes_per_second, 0);
      }
      if (figures.items_per_second) {
        EXPECT_GE(*figures.items_per_second, 0);
      }
      if (figures.left) {
        EXPECT_GE(*figures.left, 0s);
      }
      if (!figures.percent) continue;
      EXPECT_GE(*figures.percent, highest);
      EXPECT_LE(*figures.percent, 100);
      const bool complete = sample.items >= sample.items_total.value_or(0) &&
                            sample.bytes >= sample.bytes_total.value_or(0);
      EXPECT_TRUE(*figures.percent < 100 || complete || highest == 100);
      highest = *figures.percent;
    }
  }
}

}  // namespace
}  // namespace cli
