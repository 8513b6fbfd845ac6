#include "countips/formats/field_formats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "cmd/countips/format_reading.h"
#include "support/content_of.h"

namespace countips {
namespace {

using support::content_of;

std::string sample_of(const log_format& format) {
  return content_of(std::filesystem::path(SAMPLES_DIR) / (format.name() + ".log"));
}

std::string answer_of(const log_format& format) {
  return content_of(std::filesystem::path(SAMPLES_DIR) / (format.name() + ".tsv"));
}

TEST(field_formats, have_names_of_their_own) {
  std::set<std::string> names;
  for (const auto& format : field_formats()) names.insert(format->name());
  EXPECT_EQ(names.size(), field_formats().size());
}

TEST(field_formats, give_the_answers_of_their_samples) {
  for (const auto& format : field_formats()) {
    SCOPED_TRACE(format->name());
    const std::string log = sample_of(*format);
    ASSERT_FALSE(log.empty());
    const log_count counted = count_log(*format, log, log.size());
    EXPECT_EQ(days_of(counted), answer_of(*format));
    const line_counts& lines = counted.lines;
    EXPECT_EQ(lines.accepted + lines.other + lines.comments + lines.blank + lines.rejected,
              lines.lines);
    EXPECT_EQ(lines.lines, static_cast<std::uint64_t>(std::ranges::count(log, '\n') +
                                                      (log.ends_with('\n') ? 0 : 1)));
  }
}

TEST(field_formats, count_the_same_however_a_log_is_cut) {
  for (const auto& format : field_formats()) {
    SCOPED_TRACE(format->name());
    const std::string log = sample_of(*format);
    const log_count whole = count_log(*format, log, log.size());
    for (std::size_t size = 1; size < log.size(); size += 7) {
      const log_count cut = count_log(*format, log, size);
      ASSERT_EQ(days_of(cut), days_of(whole)) << size;
      ASSERT_EQ(cut.lines, whole.lines) << size;
    }
  }
}

// Asking for more must lose no request and invent none.
TEST(field_formats, count_the_same_whatever_is_wanted) {
  for (const auto& format : field_formats()) {
    SCOPED_TRACE(format->name());
    const std::string log = sample_of(*format);
    const log_count plain = count_log(*format, log, log.size());
    const log_count all = count_log(*format, log, log.size(), rules_for_all());
    EXPECT_EQ(days_of(all), days_of(plain));
    EXPECT_EQ(all.lines, plain.lines);
  }
}

// The first format that reads most of a log is the one that it is in.
TEST(field_formats, are_told_apart_by_their_order) {
  for (const auto& right : field_formats()) {
    SCOPED_TRACE(right->name());
    const std::string log = sample_of(*right);
    std::string best;
    std::uint64_t most = 0;
    for (const auto& format : field_formats()) {
      const line_counts lines = count_log(*format, log, log.size()).lines;
      if (lines.accepted <= most) continue;
      most = lines.accepted;
      best = format->name();
    }
    EXPECT_EQ(best, right->name());
  }
}

}  // namespace
}  // namespace countips
