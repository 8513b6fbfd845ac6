// Logs whose headers say how the lines behind them are to be read.
#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

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

  // In front of it there may be the hole of a file that has been truncated.
  void add_header() {
    order_ = pick(4);
    const std::string hole(pick(3) == 0 ? 3 : 0, '\0');
    if (order_ == 3) {
      text_ += hole + "#Fields: time c-ip\n#Date: 2024-06-0" + std::to_string(1 + pick(9)) +
               " 00:00:00\n";
    } else {
      constexpr const char* fields[] = {"date time c-ip", "c-ip date time", "x-y date c-ip time"};
      text_ += "#Software: any\n" + hole + "#Fields: " + fields[order_] + '\n';
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

// One call to read fails, as calls over a network do now and then.
class flaky_source final : public source {
 public:
  flaky_source(std::unique_ptr<source> real, std::atomic<int>& calls_left)
      : real_(std::move(real)), calls_left_(calls_left) {}

  [[nodiscard]] std::optional<std::uint64_t> size() const override { return real_->size(); }
  or_errno<std::size_t> read_at(std::uint64_t offset, std::span<char> into) override {
    if (calls_left_.fetch_sub(1) == 1) return par::unexpected<int>(EIO);
    return real_->read_at(offset, into);
  }
  or_errno<std::size_t> read(std::span<char> into) override { return real_->read(into); }
  or_errno<file_info> look() override { return real_->look(); }
  bool wait_readable(std::chrono::milliseconds longest) override {
    return real_->wait_readable(longest);
  }

 private:
  const std::unique_ptr<source> real_;
  std::atomic<int>& calls_left_;
};

class flaky_files final : public file_system {
 public:
  flaky_files(fake_files& real, int calls) : real_(real), calls_left_(calls) {}

  or_errno<file_info> look_up(const std::string& path) override { return real_.look_up(path); }
  or_errno<std::vector<std::string>> list(const std::string& path) override {
    return real_.list(path);
  }
  or_errno<std::unique_ptr<source>> open(const std::string& path) override {
    auto opened = real_.open(path);
    if (!opened) return opened;
    return std::make_unique<flaky_source>(std::move(*opened), calls_left_);
  }
  or_errno<std::unique_ptr<source>> open_standard_input() override { return open("-"); }
  std::unique_ptr<change_watch> watch(const std::vector<std::string>& paths) override {
    return real_.watch(paths);
  }

  [[nodiscard]] bool has_failed() const { return calls_left_ <= 0; }

 private:
  fake_files& real_;
  std::atomic<int> calls_left_;
};

report count_on(par::executor& on, file_system& files, std::size_t block_size) {
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

// Lines would be read by the header before, and nobody would know.
TEST(count_headers, that_cannot_be_read_are_told_or_read_again) {
  par::thread_pool several(2);
  fake_files files;
  files.files["log"] = {.content = log_with_headers(7).make(100, 10)};
  const report wanted = count_on(several, files, 200);
  for (int failing = 1;; ++failing) {
    SCOPED_TRACE(failing);
    flaky_files flaky(files, failing);
    const report found = count_on(several, flaky, 200);
    if (found.failures.empty()) {
      expect_same(found, wanted);
    } else {
      EXPECT_EQ(found.failures[0].why, (failure{failure::kind::read, EIO}));
    }
    if (!flaky.has_failed()) break;
  }
}

}  // namespace
}  // namespace countips
