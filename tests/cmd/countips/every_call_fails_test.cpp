// Each call to the system fails once, in turn.
#include <gtest/gtest.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cmd/countips/fake_files.h"
#include "cmd/countips/packing.h"
#include "countips/counting/count.h"
#include "par/pools/serial_executor.h"

namespace countips {
namespace {

// Which call fails, and with what. Reads may be interrupted; other calls are left alone then.
class call_counter {
 public:
  call_counter(std::size_t failing, int error) : failing_(failing), error_(error) {}

  std::optional<int> error(bool may_be_interrupted = false) {
    if (error_ == EINTR && !may_be_interrupted) return std::nullopt;
    return ++calls_ == failing_ ? std::optional(error_) : std::nullopt;
  }
  [[nodiscard]] bool has_failed() const { return calls_ >= failing_; }

 private:
  const std::size_t failing_;
  const int error_;
  std::size_t calls_ = 0;
};

class failing_source final : public source {
 public:
  failing_source(std::unique_ptr<source> real, call_counter& calls)
      : real_(std::move(real)), calls_(calls) {}

  [[nodiscard]] std::optional<std::uint64_t> size() const override { return real_->size(); }
  or_errno<std::size_t> read_at(std::uint64_t offset, std::span<char> into) override {
    if (const auto error = calls_.error(true)) return par::unexpected<int>(*error);
    return real_->read_at(offset, into);
  }
  or_errno<std::size_t> read(std::span<char> into) override {
    if (const auto error = calls_.error(true)) return par::unexpected<int>(*error);
    return real_->read(into);
  }
  or_errno<file_info> look() override { return real_->look(); }
  bool wait_readable(std::chrono::milliseconds longest) override {
    return real_->wait_readable(longest);
  }

 private:
  const std::unique_ptr<source> real_;
  call_counter& calls_;
};

class failing_files final : public file_system {
 public:
  failing_files(fake_files& real, call_counter& calls) : real_(real), calls_(calls) {}

  or_errno<file_info> look_up(const std::string& path) override {
    if (const auto error = calls_.error()) return par::unexpected<int>(*error);
    return real_.look_up(path);
  }
  or_errno<std::vector<std::string>> list(const std::string& path) override {
    if (const auto error = calls_.error()) return par::unexpected<int>(*error);
    return real_.list(path);
  }
  or_errno<std::unique_ptr<source>> open(const std::string& path) override {
    if (const auto error = calls_.error()) return par::unexpected<int>(*error);
    auto opened = real_.open(path);
    if (!opened) return opened;
    return std::make_unique<failing_source>(std::move(*opened), calls_);
  }
  or_errno<std::unique_ptr<source>> open_standard_input() override { return open("-"); }
  std::unique_ptr<change_watch> watch(const std::vector<std::string>& paths) override {
    return real_.watch(paths);
  }

 private:
  fake_files& real_;
  call_counter& calls_;
};

class every_call : public testing::Test {
 protected:
  every_call() {
    const std::string log =
        "192.0.2.1 - - [09/Jun/2024:10:00:00 +0200] x\n198.51.100.2 - - [10/Jun/2024:10:00:00 "
        "+0200] x\n";
    files_.files["logs/access.log"] = {.content = log, .most_a_call = 60};
    for (const packing how : all_packings) {
      files_.files["logs/access.log." + name_of(how)] = {.content = pack(how, log)};
    }
    files_.files["-"] = {.content = log, .is_pipe = true, .most_a_call = 50};
  }

  report count_with(call_counter& calls) {
    failing_files failing(files_, calls);
    par::serial_executor on;
    const std::atomic<bool> stop{false};
    count_progress progress;
    return count({.block_size = 64}, {"logs", "-", "logs/acc*.log"}, failing, on, stop, progress);
  }

  static std::uint64_t requests_of(const report& found) {
    std::uint64_t sum = 0;
    for (const report_row& row : found.rows) sum += row.requests;
    return sum;
  }

  fake_files files_;
};

TEST_F(every_call, that_fails_is_told_once_and_the_rest_counted) {
  for (std::size_t failing = 1;; ++failing) {
    call_counter calls(failing, EIO);
    const report found = count_with(calls);
    if (!calls.has_failed()) {
      EXPECT_EQ(requests_of(found), 12u);
      EXPECT_GT(failing, 30u);  // So many calls there were.
      break;
    }
    EXPECT_LE(found.failures.size(), 1u) << failing;
    if (found.failures.empty()) {  // Some of a read was there, and the rest at the next one.
      EXPECT_EQ(requests_of(found), 12u) << failing;
      continue;
    }
    EXPECT_EQ(found.failures[0].why.error_number, EIO) << failing;
    EXPECT_LE(requests_of(found), 12u) << failing;
    const bool whole_folder = found.failures[0].path == "logs";
    EXPECT_GE(requests_of(found), whole_folder ? 2u : 10u) << failing;
  }
}

TEST_F(every_call, that_is_interrupted_is_made_again) {
  for (std::size_t failing = 1;; ++failing) {
    call_counter calls(failing, EINTR);
    const report found = count_with(calls);
    EXPECT_EQ(requests_of(found), 12u) << failing;
    EXPECT_TRUE(found.failures.empty()) << failing;
    if (!calls.has_failed()) break;
  }
}

}  // namespace
}  // namespace countips
