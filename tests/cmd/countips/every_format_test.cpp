// Logs of every known format against the oracle, recognised by themselves, however they are cut and
// wherever they come from.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/format_log.h"
#include "cmd/countips/format_oracle.h"
#include "cmd/countips/gzip.h"
#include "countips/counting/count.h"
#include "countips/render/render.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#ifdef HAS_TBB
#include "par/tbb/tbb_executor.h"
#endif

namespace countips {
namespace {

std::string days_in(const report& found) {
  return render(found, output_format::tsv, {.header = false});
}

std::string days_in(const oracle_count& oracle) {
  report counted;
  for (const auto& [day, requests] : oracle.requests) {
    counted.rows.push_back({day, requests, oracle.clients.at(day).size()});
  }
  counted.total = {"total", oracle.all_requests(), oracle.all_clients().size()};
  return days_in(counted);
}

class every_format : public testing::TestWithParam<std::string> {
 protected:
  report count_as(const fake_file& form, std::size_t block_size, par::executor& on) {
    files_.files["log"] = form;
    const std::atomic<bool> stop{false};
    return count({.with_total = true, .block_size = block_size}, {"log"}, files_, on, stop,
                 progress_);
  }

  void expect_as_oracle(const report& found) {
    ASSERT_EQ(found.inputs.size(), 1u);
    const input_summary& input = found.inputs[0];
    EXPECT_EQ(input.format.name, GetParam());
    EXPECT_EQ(days_in(found), days_in(oracle_));
    const line_counts& lines = input.lines;
    EXPECT_EQ(lines.lines, oracle_.lines);
    EXPECT_EQ(lines.accepted, oracle_.all_requests());
    EXPECT_EQ(lines.accepted + lines.other + lines.comments + lines.blank + lines.rejected,
              lines.lines);
  }

  std::string make_log(std::size_t lines, std::uint64_t seed) {
    std::string log = make_format_log(GetParam(), lines, seed);
    oracle_ = {};
    oracle_.add(log, oracle_of(GetParam()));
    return log;
  }

  fake_files files_;
  count_progress progress_;
  oracle_count oracle_;
};

INSTANTIATE_TEST_SUITE_P(formats, every_format, testing::ValuesIn(made_formats()),
                         [](const auto& each) {
                           std::string name = each.param;
                           std::ranges::replace(name, ' ', '_');
                           return name;
                         });

std::vector<fake_file> forms_of(const std::string& log) {
  const std::size_t third = log.size() / 3;
  const std::string members = gzip(log.substr(0, third)) + gzip(log.substr(third));
  return {{.content = log, .most_a_call = 97},
          {.content = log, .is_pipe = true, .most_a_call = 61},
          {.content = members}};
}

TEST_P(every_format, is_counted_as_the_oracle_does) {
  par::serial_executor on;
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    SCOPED_TRACE(seed);
    const std::string log = make_log(100, seed);
    expect_as_oracle(count_as({.content = log}, 1 << 20, on));
  }
}

TEST_P(every_format, gives_the_same_in_blocks_of_any_size) {
  par::thread_pool on(7);
  const std::string log = make_log(24, 7);
  for (const fake_file& form : forms_of(log)) {
    for (const std::size_t block_size : {1, 7, 64, 4096, 1 << 20}) {
      SCOPED_TRACE(block_size);
      expect_as_oracle(count_as(form, block_size, on));
    }
  }
}

TEST_P(every_format, gives_the_same_on_any_executor) {
  std::vector<std::unique_ptr<par::executor>> executors;
  executors.push_back(std::make_unique<par::serial_executor>());
  executors.push_back(std::make_unique<par::thread_pool>(1));
#ifdef HAS_TBB
  executors.push_back(std::make_unique<par::tbb_executor>(3));
#endif
  const std::string log = make_log(24, 8);
  for (const auto& on : executors) {
    for (const fake_file& form : forms_of(log)) expect_as_oracle(count_as(form, 64, *on));
  }
}

}  // namespace
}  // namespace countips
