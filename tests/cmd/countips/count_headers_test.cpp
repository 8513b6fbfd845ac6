// Logs whose headers say how the lines behind them are to be read.
#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>

#include "cmd/countips/fake_files.h"
#include "countips/counting/count.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"

namespace countips {
namespace {

// Columns in one of several orders, one of them without a date; with lines that fit no header.
class log_with_headers {
 public:
  explicit log_with_headers(unsigned seed) : random_(seed) {}

  std::string make(std::size_t lines, unsigned lines_of_a_header) {
    for (std::size_t i = 0; i < lines; ++i) {
      if (i == 0 || pick(lines_of_a_header) == 0) add_header();
      add_line();
    }
    return std::move(text_);
  }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

  void add_header() {
    order_ = pick(4);
    if (order_ == 3) {
      text_ += "#Fields: time c-ip\n#Date: 2024-06-0" + std::to_string(1 + pick(9)) + " 00:00:00\n";
    } else {
      constexpr const char* fields[] = {"date time c-ip", "c-ip date time", "x-y date c-ip time"};
      text_ += std::string("#Software: any\n#Fields: ") + fields[order_] + '\n';
    }
  }

  void add_line() {
    const std::string date = "2024-06-1" + std::to_string(pick(10));
    const std::string time = "10:00:0" + std::to_string(pick(10));
    const std::string client = "192.0.2." + std::to_string(pick(200));
    if (pick(20) == 0) {
      text_ += "nonsense # of no format\n";
    } else if (order_ == 0) {
      text_ += date + ' ' + time + ' ' + client + '\n';
    } else if (order_ == 1) {
      text_ += client + ' ' + date + ' ' + time + '\n';
    } else if (order_ == 2) {
      text_ += "- " + date + ' ' + client + ' ' + time + '\n';
    } else {
      text_ += time + ' ' + client + '\n';
    }
  }

  std::mt19937 random_;
  unsigned order_ = 0;
  std::string text_;
};

report count_on(par::executor& on, fake_files& files, std::size_t block_size) {
  count_options options;
  options.block_size = block_size;
  const std::atomic<bool> stop{false};
  count_progress progress;
  return count(options, {"log"}, files, on, stop, progress, {.formats = {}, .first_rejects = 20});
}

void expect_same(const report& found, const report& wanted) {
  EXPECT_EQ(found.rows, wanted.rows);
  ASSERT_EQ(found.inputs.size(), 1u);
  EXPECT_EQ(found.inputs[0].lines, wanted.inputs.at(0).lines);
  ASSERT_EQ(found.inputs[0].rejects.size(), wanted.inputs[0].rejects.size());
  for (std::size_t i = 0; i < wanted.inputs[0].rejects.size(); ++i) {
    EXPECT_EQ(found.inputs[0].rejects[i].number, wanted.inputs[0].rejects[i].number);
    EXPECT_EQ(found.inputs[0].rejects[i].text, wanted.inputs[0].rejects[i].text);
  }
}

// On one thread a file is read from its beginning to its end; on several ones in pieces.
TEST(count_headers, hold_from_where_they_stand_wherever_a_file_is_cut) {
  par::thread_pool several(3);
  par::serial_executor one;
  for (const unsigned lines_of_a_header : {3U, 40U, 1000U}) {
    SCOPED_TRACE(lines_of_a_header);
    fake_files files;
    files.files["log"] = {.content =
                              log_with_headers(lines_of_a_header).make(600, lines_of_a_header)};
    const report wanted = count_on(one, files, std::size_t{1} << 20);
    EXPECT_GT(wanted.inputs.at(0).lines.accepted, 400u);
    EXPECT_GT(wanted.inputs[0].lines.rejected, 10u);
    for (const std::size_t block_size : {20, 64, 333, 5000}) {
      SCOPED_TRACE(block_size);
      expect_same(count_on(several, files, block_size), wanted);
    }
  }
}

}  // namespace
}  // namespace countips
