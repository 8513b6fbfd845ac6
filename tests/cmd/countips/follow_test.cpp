#include "countips/counting/follow.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

#include "cmd/countips/gzip.h"
#include "cmd/countips/live_files.h"
#include "par/pools/serial_executor.h"

namespace countips {
namespace {

using rows = std::vector<report_row>;
using failures = std::vector<input_failure>;

std::string hit(int client, int day) {
  return "192.0.2." + std::to_string(client) + " - - [0" + std::to_string(day) +
         "/Jun/2024:10:00:00 +0200] x\n";
}

class listener final : public follow_observer {
 public:
  bool counted(const report& so_far) override {
    reports.push_back(so_far.rows);
    if (so_far.total) last_total = so_far.total->clients;
    return reports.size() < most;
  }
  void failed(const input_failure& why) override { told.push_back(why); }

  std::vector<rows> reports;
  failures told;
  std::uint64_t last_total = 0;
  std::size_t most = 1000;
};

class followed_count : public testing::Test {
 protected:
  followed_count() {
    files_.when_idle = [this] { stop_ = true; };
  }

  report follow_files(const std::vector<std::string>& operands, const count_options& options = {}) {
    par::serial_executor on;
    return follow(options, operands, files_, on, stop_, std::chrono::milliseconds(0), heard_);
  }

  void then(std::function<void()> change) { files_.changes.push_back(std::move(change)); }

  live_files files_;
  listener heard_;
  std::atomic<bool> stop_{false};
};

TEST_F(followed_count, tells_what_has_come_and_ends_with_all_of_it) {
  files_.create("log", hit(1, 1));
  then([&] { files_.append("log", hit(2, 1) + hit(2, 2)); });
  then([&] { files_.append("log", hit(1, 2).substr(0, 43)); });  // Enough to be counted.
  const report found = follow_files({"log"}, {.with_total = true});
  EXPECT_EQ(found.rows, (rows{{"2024-06-01", 2, 2}, {"2024-06-02", 2, 2}}));
  EXPECT_EQ(found.total, (report_row{"total", 4, 2}));
  EXPECT_FALSE(found.stopped);
  const std::vector<rows> want = {{{"2024-06-01", 1, 1}},
                                  {{"2024-06-01", 2, 2}, {"2024-06-02", 1, 1}}};
  EXPECT_GE(heard_.reports.size(), 2u);
  EXPECT_EQ(heard_.reports.front(), want.front());
  EXPECT_EQ(heard_.reports.back(), want.back());
}

TEST_F(followed_count, counts_packed_files_once_and_follows_the_others) {
  files_.create("log.2.gz", gzip(hit(1, 1) + hit(2, 1)));
  files_.create("log", hit(1, 2));
  then([&] { files_.create("log.2.gz", gzip(hit(9, 1))); });
  then([&] { files_.append("log", hit(3, 2)); });
  const report found = follow_files({"log.2.gz", "log"}, {.by = grouping::file});
  EXPECT_EQ(found.rows, (rows{{"log.2.gz", 2, 2}, {"log", 2, 2}}));
}

TEST_F(followed_count, tells_of_failures_once_and_goes_on) {
  files_.create("cut.gz", gzip(hit(1, 1)).substr(0, 40));
  files_.create("log");
  then([&] { files_.append("log", hit(1, 1)); });
  then([&] { files_.append("log", hit(2, 1)); });
  const report found = follow_files({"cut.gz", "log", "later"});
  const failures want = {{"cut.gz", {failure::kind::truncated}},
                         {"later", {failure::kind::look_up, ENOENT}}};
  EXPECT_EQ(heard_.told, want);
  EXPECT_EQ(found.failures, want);
}

TEST_F(followed_count, invents_nothing_for_what_is_no_log) {
  files_.create("json", "{}\n{}\n");
  const report found = follow_files({"json"});
  EXPECT_TRUE(found.rows.empty());
  EXPECT_EQ(found.failures, (failures{{"json", {failure::kind::not_a_log}}}));
}

TEST_F(followed_count, shows_at_once_what_is_there_already) {
  std::string log;
  for (int i = 0; i < 2000; ++i) log += hit(1, 1);
  files_.create("log", log);
  then([&] { files_.append("log", hit(2, 1)); });
  EXPECT_EQ(follow_files({"log"}).rows, (rows{{"2024-06-01", 2001, 2}}));
  ASSERT_GE(heard_.reports.size(), 2u);
  EXPECT_EQ(heard_.reports.front(), (rows{{"2024-06-01", 2000, 1}}));
}

TEST_F(followed_count, waits_for_requests_without_gluing_lines_together) {
  files_.create("log", "starting up");
  then([&] { files_.at("log").content.clear(); });
  then([&] { files_.append("log", hit(1, 1)); });
  EXPECT_EQ(follow_files({"log"}).rows, (rows{{"2024-06-01", 1, 1}}));
}

TEST_F(followed_count, finds_the_format_of_the_file_that_comes_next) {
  files_.create("log", hit(1, 1));
  then([&] {
    files_.rename("log", "log.1");
    files_.create("log", "#Fields: date time c-ip cs-method cs-uri-stem sc-status\n");
  });
  then([&] { files_.append("log", "2024-06-02 10:00:00 192.0.2.7 GET / 200\n"); });
  const report found = follow_files({"log"});
  EXPECT_EQ(found.rows, (rows{{"2024-06-01", 1, 1}, {"2024-06-02", 1, 1}}));
  EXPECT_TRUE(found.rejected.empty());
}

TEST_F(followed_count, ends_when_nobody_wants_more) {
  heard_.most = 2;
  files_.create("log", hit(1, 1));
  for (int i = 0; i < 5; ++i) then([&] { files_.append("log", hit(2, 1)); });
  EXPECT_EQ(follow_files({"log"}).rows, (rows{{"2024-06-01", 2, 2}}));
  EXPECT_EQ(heard_.reports.size(), 2u);
}

TEST_F(followed_count, that_is_stopped_before_it_has_caught_up_gives_no_numbers) {
  files_.create("log", hit(1, 1));
  stop_ = true;
  const report found = follow_files({"log"});
  EXPECT_TRUE(found.stopped);
  EXPECT_TRUE(found.rows.empty());
}

TEST_F(followed_count, ends_with_its_pipe) {
  files_.create("-", hit(1, 1)).is_pipe = true;
  then([&] { files_.at("-").has_writer = false; });
  EXPECT_EQ(follow_files({"-"}).rows, (rows{{"2024-06-01", 1, 1}}));
  EXPECT_FALSE(stop_);
}

TEST_F(followed_count, names_the_busiest_clients_and_counts_names_apart) {
  files_.create("log", hit(1, 1) + hit(2, 1) + hit(2, 1));
  then([&] { files_.append("log", hit(1, 1) + hit(1, 1) + "host" + hit(1, 1).substr(9)); });
  count_options options{.with_total = true, .top = 1};
  options.reading.clients.hosts = client_rules::host_names::separate;
  const report found = follow_files({"log"}, options);
  ASSERT_EQ(heard_.reports.size(), 2U);
  EXPECT_EQ(heard_.reports[0][0].top, (std::vector<top_client>{{"192.0.2.2", 2}}));
  EXPECT_EQ(found.rows[0].top, (std::vector<top_client>{{"192.0.2.1", 3}}));
  EXPECT_EQ(found.rows[0].clients, 2U);
  EXPECT_EQ(found.rows[0].hosts, 1U);
  EXPECT_EQ(found.total->hosts, 1U);
}

}  // namespace
}  // namespace countips
