// Inputs, each read in the format that it is in.
#include "countips/counting/input_format.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/gzip.h"
#include "countips/counting/count.h"
#include "countips/formats/clf.h"
#include "countips/formats/known_formats.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

const std::string hit =
    "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n";

std::string many(const std::string& text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

class heard_rejects final : public reject_observer {
 public:
  void rejected(const std::string& path, const rejected_line& line) override {
    all.push_back(path + ':' + std::to_string(line.number) + ':' + line.text);
  }
  std::vector<std::string> all;
};

class counted_inputs : public testing::Test {
 protected:
  report count_all(const std::vector<std::string>& names, std::size_t block_size,
                   const input_rules& rules = {}) {
    par::thread_pool on(3);
    const std::atomic<bool> stop{false};
    count_progress progress;
    return count({.with_total = true, .block_size = block_size}, names, files_, on, stop, progress,
                 rules);
  }

  // Plain, from a pipe, and packed.
  void put(const std::string& log) {
    files_.files["plain"] = {.content = log};
    files_.files["pipe"] = {.content = log, .is_pipe = true, .most_a_call = 100};
    files_.files["packed"] = {.content = gzip(log)};
  }

  fake_files files_;
};

// What a header says holds up to the next one, in whatever block that stands.
TEST_F(counted_inputs, follow_headers_from_block_to_block) {
  put("#Fields: date time c-ip\n2024-06-09 10:00:00 192.0.2.1\n2024-06-09 10:00:01 192.0.2.2\n"
      "#Fields: c-ip date time\n192.0.2.1 2024-06-10 10:00:00\n192.0.2.3 2024-06-10 10:00:01\n"
      "#Fields: time c-ip\n#Date: 2024-06-11 00:00:00\n10:00:00 192.0.2.4\n");
  const std::vector<report_row> want = {
      {"2024-06-09", 2, 2}, {"2024-06-10", 2, 2}, {"2024-06-11", 1, 1}};
  for (const char* name : {"plain", "pipe", "packed"}) {
    for (const std::size_t block_size : {1, 10, 60, 1000}) {
      const report found = count_all({name}, block_size);
      EXPECT_EQ(found.rows, want) << name << ' ' << block_size;
      EXPECT_TRUE(found.failures.empty());
    }
  }
}

TEST_F(counted_inputs, may_each_be_in_another_format) {
  files_.files["a"] = {.content = hit};
  files_.files["b"] = {.content = "#Fields: date time c-ip\n2024-06-09 10:00:00 192.0.2.2\n"};
  files_.files["c"] = {.content = "no log\n"};
  const report found = count_all({"a", "b", "c"}, 1000);
  EXPECT_EQ(found.rows, (std::vector<report_row>{{"2024-06-09", 2, 2}}));
  ASSERT_EQ(found.inputs.size(), 3u);
  EXPECT_EQ(found.inputs[0].format.name, "combined");
  EXPECT_EQ(found.inputs[1].format.name, "w3c");
  EXPECT_EQ(found.inputs[2].format.name, "");
  EXPECT_EQ(found.failures, (std::vector<input_failure>{{"c", {failure::kind::not_a_log}}}));
}

// Some servers tell a lot before their first request; but not everything is read for ever.
TEST_F(counted_inputs, may_begin_with_something_else) {
  put(many("starting up\n", small_sample) + hit);
  for (const char* name : {"plain", "pipe", "packed"}) {
    const report found = count_all({name}, 4096);
    EXPECT_EQ(found.total->requests, 1u) << name;
    EXPECT_TRUE(found.failures.empty());
  }
}

// What is no log is looked at from its beginning to its end, where that can be reached.
TEST_F(counted_inputs, may_begin_with_a_lot_of_something_else) {
  put(many("starting up\n", 2 * large_sample) + many(hit, large_sample));
  files_.files["pipe"].most_a_call = 10'000;
  for (const char* name : {"plain", "pipe", "packed"}) {
    const report found = count_all({name}, 100'000);
    EXPECT_EQ(found.total->requests, (large_sample - 1) / hit.size() + 1) << name;
    EXPECT_EQ(found.inputs[0].format.name, "combined");
    EXPECT_TRUE(found.failures.empty());
  }
}

TEST_F(counted_inputs, are_not_looked_at_for_ever) {
  put(many("starting up\n", last_further_end + 10) + hit);
  files_.files["pipe"].most_a_call = 1 << 20;
  EXPECT_EQ(count_all({"plain"}, 1 << 20).total->requests, 1u);
  for (const std::string name : {"pipe", "packed"}) {
    const report found = count_all({name}, 1 << 20);
    EXPECT_TRUE(found.rows.empty());
    EXPECT_EQ(found.failures,
              (std::vector<input_failure>{{name, {failure::kind::no_log_in_samples}}}));
  }
}

TEST_F(counted_inputs, that_cannot_be_read_are_told_once) {
  files_.files["bad"] = {.content = many(hit, 3 * large_sample), .fails_at = 10};
  files_.files["pipe"] = {.content = hit + hit, .is_pipe = true, .fails_at = 10};
  const report found = count_all({"bad", "pipe"}, 1 << 20);
  EXPECT_EQ(found.failures, (std::vector<input_failure>{{"bad", {failure::kind::read, EIO}},
                                                        {"pipe", {failure::kind::read, EIO}}}));
}

TEST_F(counted_inputs, are_read_in_the_one_format_that_is_given) {
  files_.files["log"] = {.content = "[Sun] 192.0.2.1\nx\n"};
  files_.files["vhost"] = {.content = hit + "www.example.org:443 " + hit};
  const input_rules rules{.formats = {combined_format()}, .first_rejects = 5};
  const report found = count_all({"log", "vhost"}, 1000, rules);
  EXPECT_EQ(found.total->requests, 1u);
  EXPECT_EQ(found.inputs[0].rejects.size(), 2u);
  ASSERT_EQ(found.inputs[1].rejects.size(), 1u);
  EXPECT_EQ(found.inputs[1].rejects[0].why, reject_reason::no_client);
}

TEST_F(counted_inputs, tell_their_rejected_lines_in_order) {
  put(hit + "one\n" + many(hit, 500) + "\ntwo\n" + hit + "three");
  const std::string second = std::to_string(2 + (500 + hit.size() - 1) / hit.size() + 2);
  const std::string third = std::to_string(2 + (500 + hit.size() - 1) / hit.size() + 4);
  for (const std::size_t block_size : {1, 50, 10'000}) {
    heard_rejects heard;
    const report found = count_all({"plain", "pipe", "packed"}, block_size,
                                   {.first_rejects = 2, .observer = &heard});
    std::vector<std::string> want;
    for (const std::string name : {"plain", "pipe", "packed"}) {
      want.insert(want.end(),
                  {name + ":2:one", name + ":" + second + ":two", name + ":" + third + ":three"});
    }
    EXPECT_EQ(heard.all, want);
    for (const input_summary& each : found.inputs) EXPECT_EQ(each.rejects.size(), 2u);
  }
}

// A log may be led through syslog from some day on, also where its format is given.
TEST_F(counted_inputs, may_have_a_prefix_from_some_line_on) {
  const std::string behind = "Jun  9 10:00:00 web1 nginx: " + hit;
  put(many(hit, 2 * small_sample) + many(behind, 2 * small_sample));
  const std::size_t lines =
      (2 * small_sample - 1) / hit.size() + 1 + (2 * small_sample - 1) / behind.size() + 1;
  for (const char* name : {"plain", "pipe", "packed"}) {
    for (const std::size_t block_size : {100, 5000, 1'000'000}) {
      for (const input_rules& rules :
           {input_rules(), input_rules{.formats = {combined_format()}}}) {
        const report found = count_all({name}, block_size, rules);
        EXPECT_EQ(found.total->requests, lines) << name << block_size;
        EXPECT_EQ(found.inputs[0].lines.rejected, 0u);
      }
    }
  }
}

// Mixed lines, whatever the blocks and the threads.
TEST_F(counted_inputs, may_mix_formats_from_line_to_line) {
  std::string log;
  for (int i = 0; i < 60; ++i) {
    const std::string client = "192.0.2." + std::to_string(i % 7);
    const std::string rest =
        " - - [09/Jun/2024:10:00:00 +0200] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\n";
    log += (i % 3 == 0 ? "www.example.org:443 " : "") + client + rest;
    if (i % 10 == 0) log += "2024/06/09 10:00:00 [error] 1#1: failed, client: 198.51.100.1\n";
  }
  put(log);
  for (const char* name : {"plain", "pipe", "packed"}) {
    for (const std::size_t block_size : {1, 64, 1000, 100'000}) {
      const report found = count_all({name}, block_size);
      EXPECT_EQ(found.rows, (std::vector<report_row>{{"2024-06-09", 60, 7}})) << name << block_size;
      EXPECT_EQ(found.inputs[0].lines.rejected, 6u);
    }
  }
}

}  // namespace
}  // namespace countips
