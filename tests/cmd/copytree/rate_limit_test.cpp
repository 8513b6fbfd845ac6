#include "copytree/data/rate_limit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "cmd/copytree/data_copying.h"

namespace copytree {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Time that passes only while somebody waits.
class fake_pacer final : public pacer {
 public:
  time_point now() override { return now_; }
  void wait_until(time_point when) override {
    now_ = std::max(now_, when);
    ++waits_;
    if (on_wait) on_wait();
  }
  void pass(std::chrono::nanoseconds span) { now_ += span; }

  [[nodiscard]] std::chrono::nanoseconds passed() const { return now_ - start; }
  [[nodiscard]] int waits() const { return waits_; }

  std::function<void()> on_wait;

 private:
  static constexpr time_point start{seconds(1'000)};
  time_point now_ = start;
  int waits_ = 0;
};

class rate_limit_test : public testing::Test {
 protected:
  fake_pacer time_;
  std::atomic<bool> stop_{false};
};

TEST_F(rate_limit_test, lets_a_tenth_of_a_second_through_at_once) {
  rate_limit limit(1'000'000, time_);
  limit.spend(100'000, stop_);
  EXPECT_EQ(time_.waits(), 0);
  limit.spend(1, stop_);
  EXPECT_GT(time_.waits(), 0);
}

struct rate_case {
  std::uint64_t rate;
  std::uint64_t bytes;
  std::uint64_t piece;
  std::chrono::nanoseconds wanted;  // Less the burst.
};

TEST_F(rate_limit_test, takes_as_long_as_the_bytes_need) {
  const rate_case cases[] = {
      {1'000'000, 10'000'000, 50'000, milliseconds(9'900)},
      {1'000'000, 10'000'000, 10'000'000, milliseconds(9'900)},
      {1, 3, 1, milliseconds(2'900)},
      {1ULL << 40, 1ULL << 43, 1ULL << 30, milliseconds(7'900)},
  };
  for (const rate_case& c : cases) {
    SCOPED_TRACE(c.rate);
    fake_pacer time;
    rate_limit limit(c.rate, time);
    for (std::uint64_t done = 0; done < c.bytes; done += c.piece) limit.spend(c.piece, stop_);
    EXPECT_NEAR(static_cast<double>(time.passed().count()), static_cast<double>(c.wanted.count()),
                1e6);
  }
}

TEST_F(rate_limit_test, saves_up_no_more_than_the_burst) {
  rate_limit limit(1'000, time_);
  time_.pass(seconds(100));
  const auto before = time_.passed();
  limit.spend(1'000, stop_);
  EXPECT_EQ(time_.passed() - before, milliseconds(900));
}

TEST_F(rate_limit_test, stops_waiting_when_asked_to) {
  rate_limit limit(1, time_);
  time_.on_wait = [&] { stop_ = true; };
  limit.spend(1'000'000, stop_);
  EXPECT_EQ(time_.waits(), 1);
  EXPECT_LE(time_.passed(), milliseconds(100));
}

TEST_F(rate_limit_test, moves_small_pieces_at_low_rates) {
  constexpr std::size_t wanted = 8 * 1024 * 1024;
  EXPECT_EQ(rate_limit(1, time_).piece(wanted), 4'096u);
  EXPECT_EQ(rate_limit(1'000'000, time_).piece(wanted), 50'000u);
  EXPECT_EQ(rate_limit(1ULL << 40, time_).piece(wanted), wanted);
}

// Whoever moves the bytes, the kernel or we.
TEST_F(rate_limit_test, holds_for_every_way_of_copying) {
  for (const policy reflink : {policy::automatic, policy::never}) {
    fake_pacer time;
    rate_limit limit(1'000'000, time);
    data_ground ground;
    ground.methods.clone_refused = true;
    ground.reflink = reflink;
    ground.limit = &limit;
    file_system fs;
    const std::string content = pattern(2'000'000);
    EXPECT_EQ(bytes_of(ground.copy(fs, content)), content.size());
    EXPECT_TRUE(ground.copied() == content);
    EXPECT_EQ(time.passed(), milliseconds(1'900));
  }
}

}  // namespace
}  // namespace copytree
