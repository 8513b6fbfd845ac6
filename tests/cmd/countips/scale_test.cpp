#include "countips/render/page/scale.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace countips {
namespace {

struct scale_case {
  std::uint64_t most;
  unsigned intervals;
  std::vector<std::uint64_t> ticks;
};

const scale_case cases[] = {
    {0, 4, {0, 1}},
    {1, 4, {0, 1}},
    {3, 4, {0, 1, 2, 3}},
    {4, 4, {0, 1, 2, 3, 4}},
    {5, 4, {0, 2, 4, 6}},
    {79, 4, {0, 20, 40, 60, 80}},
    {100, 4, {0, 50, 100}},
    {101, 4, {0, 50, 100, 150}},
    {55962, 4, {0, 20000, 40000, 60000}},
    {55962, 1, {0, 100000}},
    {200000, 2, {0, 100000, 200000}},
};

TEST(scale, has_round_ticks) {
  for (const scale_case& c : cases) {
    SCOPED_TRACE(::testing::Message() << c.most << " in " << c.intervals);
    EXPECT_EQ(scale::up_to(c.most, c.intervals).ticks(), c.ticks);
  }
}

bool is_round(std::uint64_t step) {
  while (step % 10 == 0) step /= 10;
  return step == 1 || step == 2 || step == 5;
}

// The next smaller round step.
std::uint64_t smaller(std::uint64_t step) {
  std::uint64_t first = step;
  while (first >= 10) first /= 10;
  return first == 5 ? step / 5 * 2 : step / 2;
}

TEST(scale, takes_the_smallest_round_step_that_reaches_the_top) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t most = random() % 1'000'000'000'000'000'000U >> random() % 60;
    const auto intervals = static_cast<unsigned>(1 + random() % 8);
    SCOPED_TRACE(::testing::Message() << most << " in " << intervals);
    const scale made = scale::up_to(most, intervals);
    EXPECT_TRUE(is_round(made.step));
    EXPECT_GE(made.top, most);
    EXPECT_LE(made.top, made.step * intervals);
    EXPECT_TRUE(made.top < most + made.step || made.top == made.step);
    EXPECT_TRUE(made.step == 1 || smaller(made.step) * intervals < most);
    EXPECT_EQ(made.ticks().back(), made.top);
    EXPECT_LE(made.share(most), 1.0);
  }
}

}  // namespace
}  // namespace countips
