#include "countips/formats/field_formats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cmd/countips/format_reading.h"
#include "countips/times/digits.h"
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

std::vector<std::string> lines_of(const std::string& log) {
  std::istringstream stream(log);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// Most of the lines are alike but for a digit or two; now and then another byte is damaged.
std::string make_alike(const std::vector<std::string>& lines, std::mt19937& random) {
  std::string log;
  std::size_t which = 0;
  for (int i = 0; i < 400; ++i) {
    if (random() % 4 == 0) which = random() % lines.size();
    std::string line = lines[which];
    for (std::size_t changes = random() % 4; changes > 0 && !line.empty(); --changes) {
      char& c = line[random() % std::min<std::size_t>(line.size(), 80)];
      if (is_digit(c)) c = static_cast<char>('0' + random() % 10);
      if (random() % 20 == 0) c = " \t\"-.:x["[random() % 8];
    }
    log += line + '\n';
  }
  return log;
}

// Readers remember what the line before was like.
TEST(field_formats, count_lines_the_same_after_any_other) {
  std::mt19937 random(3);
  for (const auto& format : field_formats()) {
    SCOPED_TRACE(format->name());
    const std::vector<std::string> lines = lines_of(sample_of(*format));
    for (int i = 0; i < 15; ++i) {
      const std::string log = make_alike(lines, random);
      const log_count whole = count_log(*format, log, log.size());
      const log_count by_line = count_log(*format, log, 1);
      ASSERT_EQ(days_of(whole), days_of(by_line)) << log;
      ASSERT_EQ(whole.lines, by_line.lines) << log;
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
