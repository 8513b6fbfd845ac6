// The count against the oracle, however the work is cut and whoever does it.
#include "countips/counting/count.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/gzip.h"
#include "cmd/countips/nasty_log.h"
#include "cmd/countips/oracle.h"
#include "countips/formats/clf.h"
#include "log_maker.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#ifdef HAS_TBB
#include "par/tbb/tbb_executor.h"
#endif

namespace countips {
namespace {

struct backend {
  std::string name;
  std::function<std::unique_ptr<par::executor>()> make;

  friend void PrintTo(const backend& which, std::ostream* to) { *to << which.name; }
};

std::vector<backend> all_backends() {
  std::vector<backend> all = {{"serial", [] { return std::make_unique<par::serial_executor>(); }},
                              {"threads1", [] { return std::make_unique<par::thread_pool>(1); }},
                              {"threads2", [] { return std::make_unique<par::thread_pool>(2); }},
                              {"threads7", [] { return std::make_unique<par::thread_pool>(7); }}};
#ifdef HAS_TBB
  all.push_back({"tbb3", [] { return std::make_unique<par::tbb_executor>(3); }});
#endif
  return all;
}

class count_on : public testing::TestWithParam<backend> {
 protected:
  report count_files(const std::vector<std::string>& operands, const count_options& options = {}) {
    const std::unique_ptr<par::executor> on = GetParam().make();
    const std::atomic<bool> stop{false};
    return count(options, operands, files_, *on, stop, progress_, {.formats = {combined_format()}});
  }

  fake_files files_;
  count_progress progress_;
};

INSTANTIATE_TEST_SUITE_P(backends, count_on, testing::ValuesIn(all_backends()),
                         [](const auto& each) { return each.param.name; });

std::vector<report_row> rows_of(const oracle_count& oracle) {
  std::vector<report_row> rows;
  for (const auto& [day, requests] : oracle.requests) {
    rows.push_back({day, requests, oracle.clients.at(day).size()});
  }
  return rows;
}

void expect_as_oracle(const report& found, const std::string& log) {
  oracle_count oracle;
  oracle.add(log);
  EXPECT_EQ(found.rows, rows_of(oracle));
  EXPECT_EQ(found.total, (report_row{"total", oracle.all_requests(), oracle.all_clients().size()}));
  ASSERT_EQ(found.rejected.size(), 1u);
  EXPECT_EQ(found.rejected[0], (rejected_lines{"log", oracle.rejected, oracle.first_rejected}));
  EXPECT_TRUE(found.failures.empty());
}

// Every kind of input that the same bytes can come from.
std::vector<fake_file> forms_of(const std::string& log) {
  const std::string members =
      gzip(log.substr(0, log.size() / 3)) + gzip(log.substr(log.size() / 3));
  return {{.content = log},
          {.content = log, .most_a_call = 97, .interrupt_each = 5},
          {.content = log, .is_pipe = true, .most_a_call = 61},
          {.content = members},
          {.content = members, .is_pipe = true, .most_a_call = 31, .interrupt_each = 7}};
}

TEST_P(count_on, a_backend_agrees_with_the_oracle_whatever_the_blocks) {
  const std::string log = make_nasty_log(400, 11);
  for (const fake_file& form : forms_of(log)) {
    files_.files["log"] = form;
    for (const std::size_t block_size : {1, 2, 13, 64, 1000, 1 << 20}) {
      SCOPED_TRACE(block_size);
      expect_as_oracle(count_files({"log"}, {.with_total = true, .block_size = block_size}), log);
    }
  }
}

// The lines that are no longer than that.
std::string short_lines(const std::string& log, std::size_t longest) {
  std::string kept;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.size() <= longest) kept += line + '\n';
  }
  return kept;
}

TEST_P(count_on, a_backend_agrees_with_the_oracle_for_every_cut_of_a_small_file) {
  const std::string log = short_lines(make_nasty_log(12, 5), 200);
  ASSERT_GT(log.size(), 500U);
  files_.files["log"] = {.content = log};
  for (std::size_t block_size = 1; block_size <= log.size() + 1; ++block_size) {
    SCOPED_TRACE(block_size);
    expect_as_oracle(count_files({"log"}, {.with_total = true, .block_size = block_size}), log);
  }
}

TEST_P(count_on, a_backend_agrees_with_the_oracle_for_many_cuts_of_long_lines) {
  const std::string log = make_nasty_log(12, 5);
  files_.files["log"] = {.content = log};
  for (std::size_t block_size = 1; block_size <= log.size() + 1;
       block_size += 1 + log.size() / 500) {
    SCOPED_TRACE(block_size);
    expect_as_oracle(count_files({"log"}, {.with_total = true, .block_size = block_size}), log);
  }
}

TEST_P(count_on, a_backend_gives_one_row_of_a_total_of_nothing) {
  files_.files["log"] = {.content = make_nasty_log(12, 5)};
  count_options nothing{.by = grouping::total};
  nothing.filter.methods = {"NONE"};
  const report found = count_files({"log"}, nothing);
  ASSERT_EQ(found.rows.size(), 1U);
  EXPECT_EQ(found.rows[0].name, "total");
  EXPECT_EQ(found.rows[0].requests, 0U);
}

TEST_P(count_on, a_backend_agrees_with_the_oracle_on_large_nasty_logs) {
  for (const std::uint64_t seed : {21, 22}) {
    const std::string log = make_nasty_log(5'000, seed);
    files_.files["log"] = {.content = log};
    expect_as_oracle(count_files({"log"}, {.with_total = true, .block_size = 4096}), log);
  }
}

TEST_P(count_on, a_backend_adds_files_up_to_days) {
  oracle_count oracle;
  std::vector<std::string> names;
  std::vector<rejected_lines> rejected;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "log" + std::to_string(i);
    const std::string log = make_nasty_log(50, static_cast<std::uint64_t>(100 + i));
    files_.files[name] = {.content = i % 3 != 2 ? gzip(log) : log};
    oracle.add(log);
    oracle_count own;
    own.add(log);
    if (own.rejected > 0) rejected.push_back({name, own.rejected, own.first_rejected});
    names.push_back(name);
  }
  const report found = count_files(names, {.with_total = true, .block_size = 512});
  EXPECT_EQ(found.rows, rows_of(oracle));
  EXPECT_EQ(found.total->clients, oracle.all_clients().size());
  EXPECT_EQ(found.rejected, rejected);
  EXPECT_EQ(progress_.files, 20u);
}

TEST_P(count_on, a_backend_gives_each_file_its_row_as_the_simple_program_did) {
  std::vector<report_row> want;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 5; ++i) {
    generate::log_maker maker(
        {.lines = 300 * i, .clients = 50 + 40 * i, .ipv6_share = 0.3, .seed = i});
    std::string log = i == 2 ? "\n \n" : "";
    for (std::size_t line = 0; line < 300 * i; ++line) maker.append_line(log);
    if (i == 4) log += "192.0.2.1,10.0.0.1 - - [01/Jan/2024:00:00:00 +0000] x\n";
    const std::string name = "log" + std::to_string(9 - i);  // Not in the order of names.
    files_.files[name] = {.content = log};
    names.push_back(name);
    const simple_count simple = count_simply(log);
    want.push_back({name, simple.requests, simple.clients.size()});
  }
  const report found = count_files(names, {.by = grouping::file, .block_size = 1000});
  EXPECT_EQ(found.rows, want);
  EXPECT_EQ(found.total, std::nullopt);
  EXPECT_TRUE(found.rejected.empty());
}

TEST_P(count_on, a_backend_reads_standard_input) {
  files_.files["-"] = {.content = make_nasty_log(200, 31), .is_pipe = true};
  oracle_count oracle;
  oracle.add(files_.files["-"].content);
  EXPECT_EQ(count_files({"-"}).rows, rows_of(oracle));
  EXPECT_EQ(progress_.bytes, files_.files["-"].content.size());
}

}  // namespace
}  // namespace countips
