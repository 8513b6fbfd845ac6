#include "cli/progress_text.h"

#include <gtest/gtest.h>

#include "cli/utf8.h"

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t mib = 1024 * 1024;

progress_sample copying() {
  return {.items = 1234,
          .items_total = 2938,
          .bytes = 1228 * mib,
          .bytes_total = 2969 * mib,
          .current = "photos/2024/summer/beach/IMG_20240701_123456.jpg"};
}

progress_figures halfway() {
  progress_figures figures;
  figures.percent = 42;
  figures.bytes_per_second = 812.0 * mib;
  figures.items_per_second = 100;
  figures.left = 192s;
  figures.elapsed = 5s;
  return figures;
}

struct width_case {
  int columns;
  const char* want;
};

// From everything to nothing.
const width_case width_cases[] = {
    {200,
     " 42% [####......]  1,234/2,938 files  1.2/2.9 GiB  812 MiB/s  0:03:12 left  "
     "photos/2024/summer/beach/IMG_20240701_123456.jpg"},
    {100,
     " 42% [####......]  1,234/2,938 files  1.2/2.9 GiB  812 MiB/s  0:03:12 left  "
     "photos/202..._123456.jpg"},
    {80, " 42% [####......]  1,234/2,938 files  1.2/2.9 GiB  812 MiB/s  0:03:12 left"},
    {70, " 42%  1,234/2,938 files  1.2/2.9 GiB  812 MiB/s  0:03:12 left"},
    {60, " 42%  1,234/2,938 files  1.2/2.9 GiB  812 MiB/s"},
    {40, " 42%  1,234/2,938 files  1.2/2.9 GiB"},
    {30, " 42%  1,234/2,938 files"},
    {10, " 42%"},
    {2, " 4"},
    {0, ""},
};

TEST(progress_text, drops_what_does_not_fit) {
  for (const width_case& c : width_cases) {
    SCOPED_TRACE(c.columns);
    EXPECT_EQ(progress_text(copying(), halfway(), c.columns), c.want);
  }
}

TEST(progress_text, never_gets_wider_than_the_window) {
  progress_sample sample = copying();
  sample.current = "\xE6\x97\xA5\xE6\x9C\xAC/\xC3\xA9t\xC3\xA9/\xFF\n/" + std::string(300, 'x');
  for (int columns = 0; columns < 250; ++columns) {
    const std::string text = progress_text(sample, halfway(), columns);
    EXPECT_LE(width(text), columns);
    for (const char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << columns;
  }
}

TEST(progress_text, counting_marks_totals_that_grow) {
  progress_sample sample = copying();
  sample.counting = true;
  sample.current = "";
  progress_figures figures = halfway();
  figures.percent.reset();
  figures.left.reset();
  EXPECT_EQ(progress_text(sample, figures, 100),
            "counting  1,234/2,938+ files  1.2/2.9+ GiB  812 MiB/s");
}

TEST(progress_text, without_totals_shows_the_time) {
  progress_figures figures;
  figures.elapsed = 65s;
  EXPECT_EQ(progress_text({.items = 12, .bytes = 3 * mib, .unit = "lines"}, figures, 100),
            "0:01:05  12 lines  3.0 MiB");
}

TEST(progress_text, without_bytes_the_rate_is_of_items) {
  progress_figures figures;
  figures.percent = 100;
  figures.items_per_second = 1500.9;
  EXPECT_EQ(progress_text({.items = 7, .items_total = 7, .unit = "lines"}, figures, 100),
            "100% [##########]  7/7 lines  1,500 lines/s");
}

TEST(progress_text, names_both_units_where_they_differ) {
  EXPECT_EQ(progress_text({.bytes = 10 * 1024, .bytes_total = 3 * mib}, halfway(), 70),
            " 42% [####......]  10 KiB/3.0 MiB  812 MiB/s  0:03:12 left");
}

}  // namespace
}  // namespace cli
