#include "par/base/deadline.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

namespace {

using namespace std::chrono_literals;
using par::deadline;

TEST(deadline, never_does_not_pass) {
  EXPECT_TRUE(deadline::never().is_never());
  EXPECT_FALSE(deadline::never().passed());
}

TEST(deadline, in_a_span_lies_ahead_by_it) {
  const auto before = deadline::clock::now();
  const deadline soon = deadline::in(1h);
  const auto after = deadline::clock::now();
  EXPECT_GE(soon.time(), before + 1h);
  EXPECT_LE(soon.time(), after + 1h);
  EXPECT_FALSE(soon.passed());
}

TEST(deadline, spans_of_nothing_or_less_have_passed) {
  EXPECT_TRUE(deadline::in(0s).passed());
  EXPECT_TRUE(deadline::in(-5s).passed());
}

TEST(deadline, spans_past_the_range_of_the_clock_mean_never) {
  EXPECT_TRUE(deadline::in(std::chrono::hours::max()).is_never());
  EXPECT_TRUE(deadline::in(std::chrono::nanoseconds::max()).is_never());
  EXPECT_TRUE(deadline::in(std::chrono::duration<double>(1e300)).is_never());
  EXPECT_TRUE(deadline::in(std::chrono::duration<double>(std::numeric_limits<double>::infinity()))
                  .is_never());
}

TEST(deadline, fractions_of_the_clocks_unit_are_rounded_up) {
  using picoseconds = std::chrono::duration<long long, std::pico>;
  const auto before = deadline::clock::now();
  EXPECT_GT(deadline::in(picoseconds(1)).time(), before);
}

TEST(deadline, takes_times_of_other_clocks) {
  const deadline soon = deadline::at(std::chrono::system_clock::now() + 1h);
  EXPECT_FALSE(soon.passed());
  EXPECT_LE(soon.time(), deadline::clock::now() + 61min);
  EXPECT_TRUE(deadline::at(std::chrono::system_clock::now() - 1h).passed());
  EXPECT_TRUE(deadline::at(std::chrono::system_clock::time_point::min()).passed());
}

TEST(deadline, keeps_times_of_its_own_clock) {
  const auto time = deadline::clock::now() + 1h;
  EXPECT_EQ(deadline::at(time).time(), time);
  EXPECT_TRUE(deadline::at(deadline::clock::time_point::max()).is_never());
  EXPECT_TRUE(deadline::at(deadline::clock::now() - 1h).passed());
  EXPECT_GE(deadline::at(deadline::clock::time_point::min()).time().time_since_epoch(), 0s);
}

}  // namespace
