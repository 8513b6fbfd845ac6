// What a count does when something goes wrong.
#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/gzip.h"
#include "countips/counting/count.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

using rows = std::vector<report_row>;
using failures = std::vector<input_failure>;

std::string hits(std::size_t count) {
  std::string log;
  for (std::size_t i = 0; i < count; ++i) {
    log += "192.0.2." + std::to_string(i % 250) + " - - [09/Jun/2024:10:00:00 +0200] x\n";
  }
  return log;
}

class failing_count : public testing::Test {
 protected:
  failing_count() { files_.files["good"] = {.content = hits(3)}; }

  report count_files(const std::vector<std::string>& operands, grouping by = grouping::file) {
    par::thread_pool on(2);
    count_progress progress;
    return count({.by = by, .with_total = true, .block_size = 256}, operands, files_, on, stop_,
                 progress);
  }

  fake_files files_;
  std::atomic<bool> stop_{false};
};

TEST_F(failing_count, names_files_that_cannot_be_opened_and_goes_on) {
  files_.files["closed"] = {.open_error = EACCES};
  const report found = count_files({"nowhere", "closed", "good"});
  EXPECT_EQ(found.rows, (rows{{"good", 3, 3}}));
  EXPECT_EQ(found.failures, (failures{{"nowhere", {failure::kind::look_up, ENOENT}},
                                      {"closed", {failure::kind::open, EACCES}}}));
}

TEST_F(failing_count, counts_what_can_be_read_of_a_damaged_disk) {
  files_.files["bad"] = {.content = hits(100), .fails_at = 2000};
  const report found = count_files({"bad", "good"});
  EXPECT_EQ(found.failures, (failures{{"bad", {failure::kind::read, EIO}}}));
  ASSERT_EQ(found.rows.size(), 2u);
  EXPECT_GT(found.rows[0].requests, 0u);
  EXPECT_LT(found.rows[0].requests, 100u);
}

TEST_F(failing_count, names_a_file_that_fails_at_its_first_byte) {
  files_.files["bad"] = {.content = hits(100), .fails_at = 0};
  const report found = count_files({"bad", "good"});
  EXPECT_EQ(found.failures, (failures{{"bad", {failure::kind::read, EIO}}}));
  EXPECT_EQ(found.rows, (rows{{"good", 3, 3}}));
}

TEST_F(failing_count, counts_the_readable_part_of_truncated_gzip) {
  const std::string packed = gzip(hits(1000));
  files_.files["short"] = {.content = packed.substr(0, packed.size() - 8)};
  files_.files["damaged"] = {.content = packed + "garbage"};
  const report found = count_files({"short", "damaged"});
  EXPECT_EQ(found.rows, (rows{{"short", 1000, 250}, {"damaged", 1000, 250}}));
  EXPECT_EQ(found.failures, (failures{{"short", {failure::kind::truncated}},
                                      {"damaged", {failure::kind::trailing}}}));
}

TEST_F(failing_count, invents_no_numbers_for_what_is_no_log) {
  files_.files["json"] = {.content = "{\"status\": 1}\n{\"status\": 2}\n"};
  for (const grouping by : {grouping::file, grouping::day}) {
    const report found = count_files({"json", "good"}, by);
    EXPECT_EQ(found.rows.size(), 1u);
    EXPECT_EQ(found.rows[0].requests, 3u);
    EXPECT_TRUE(found.rejected.empty());
    EXPECT_EQ(found.failures, (failures{{"json", {failure::kind::not_a_log}}}));
  }
}

// What is looked at of a file that is none is rejected line by line, as in any other.
TEST_F(failing_count, tells_the_lines_of_what_is_no_log) {
  files_.files["none"] = {.content = "hello\n\n# so\nworld"};
  const report found = count_files({"none"});
  ASSERT_EQ(found.inputs.size(), 1u);
  const line_counts& lines = found.inputs[0].lines;
  EXPECT_EQ(lines.lines, 4u);
  EXPECT_EQ(lines.blank, 1u);
  EXPECT_EQ(lines.comments, 1u);
  EXPECT_EQ(lines.rejected, 2u);
}

// It is a log all the same if it has requests, though none of a client that is asked for.
TEST_F(failing_count, does_not_call_a_log_none_for_what_is_asked) {
  files_.files["names"] = {.content =
                               "a.example - - [09/Jun/2024:10:00:00 +0200] \"GET /\" 200 1\n"};
  count_options options;
  options.reading.clients.hosts = client_rules::host_names::reject;
  par::thread_pool on(2);
  count_progress progress;
  const report found = count(options, {"names"}, files_, on, stop_, progress);
  EXPECT_TRUE(found.failures.empty());
  EXPECT_EQ(found.rejected, (std::vector<rejected_lines>{{"names", 1, 1}}));
}

TEST_F(failing_count, counts_what_is_behind_a_hole) {
  const std::string holey = std::string(300'000, '\0') + hits(3);
  files_.files["file"] = {.content = holey};
  files_.files["pipe"] = {.content = holey, .is_pipe = true};
  files_.files["within"] = {.content = hits(2) + std::string(5000, '\0') + hits(1)};
  const report found = count_files({"file", "pipe", "within"});
  EXPECT_EQ(found.rows, (rows{{"file", 3, 3}, {"pipe", 3, 3}, {"within", 3, 2}}));
  EXPECT_TRUE(found.rejected.empty());
}

TEST_F(failing_count, takes_empty_and_blank_files_for_logs_without_requests) {
  files_.files["empty"] = {};
  files_.files["blank"] = {.content = "\n\n"};
  const report found = count_files({"empty", "blank"});
  EXPECT_EQ(found.rows, (rows{{"empty", 0, 0}, {"blank", 0, 0}}));
  EXPECT_TRUE(found.failures.empty());
}

TEST_F(failing_count, reports_rejected_lines_by_file_and_line) {
  files_.files["some"] = {.content = hits(20) + "\nx\n" + hits(1) + "y\n"};
  const report found = count_files({"good", "some"});
  ASSERT_EQ(found.rejected.size(), 1u);
  EXPECT_EQ(found.rejected[0], (rejected_lines{"some", 2, 22}));
  EXPECT_TRUE(found.failures.empty());
}

TEST_F(failing_count, that_is_stopped_says_so_and_gives_no_numbers) {
  stop_ = true;
  const report found = count_files({"good"});
  EXPECT_TRUE(found.stopped);
  EXPECT_TRUE(found.rows.empty());
  EXPECT_TRUE(found.failures.empty());
}

}  // namespace
}  // namespace countips
