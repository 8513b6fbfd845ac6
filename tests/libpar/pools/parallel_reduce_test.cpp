#include "par/pools/parallel_reduce.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <numeric>
#include <random>
#include <ranges>
#include <stdexcept>
#include <string>
#include <vector>

#include "executors.h"

namespace {

class parallel_reduce_over : public over_executors {};
OVER_EXECUTORS(parallel_reduce_over);

TEST_P(parallel_reduce_over, agrees_with_accumulate_at_every_size) {
  std::vector<std::uint64_t> values;
  std::mt19937_64 random(3);
  for (int size = 0; size <= 1'000; ++size) {
    ASSERT_EQ(par::parallel_reduce(*on, values, std::uint64_t{7}),
              std::accumulate(values.begin(), values.end(), std::uint64_t{7}))
        << size;
    values.push_back(random());
  }
}

TEST_P(parallel_reduce_over, keeps_the_order_of_what_does_not_commute) {
  for (const int count : {1, 2, 3, 255, 256, 257, 511, 700, 3'000}) {
    for (const std::size_t grain : {0, 1, 10, 5'000}) {
      std::string want = "begin";
      for (int i = 0; i < count; ++i) want += std::to_string(i);
      const auto digits = [](int i) { return std::to_string(i); };
      EXPECT_EQ(par::parallel_reduce(*on, std::views::iota(0, count), std::string("begin"),
                                     std::plus<>(), digits, grain),
                want);
    }
  }
}

TEST_P(parallel_reduce_over, a_floating_point_sum_does_not_depend_on_the_executor) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> real(-1e6, 1e6);
  std::vector<double> values(12'345);
  for (double& each : values) each = real(random);
  par::serial_executor alone;
  const double want = par::parallel_reduce(alone, values, 0.0);
  EXPECT_NE(want, std::accumulate(values.begin(), values.end(), 0.0)) << "no rounding to test";
  for (int again = 0; again < 20; ++again) {
    const double got = par::parallel_reduce(*on, values, 0.0);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(got), std::bit_cast<std::uint64_t>(want));
  }
}

TEST_P(parallel_reduce_over, carries_values_that_can_only_be_moved) {
  const auto total = par::parallel_reduce(
      *on, std::views::iota(0, 1'000), std::make_unique<int>(0),
      [](std::unique_ptr<int> a, std::unique_ptr<int> b) {
        *a += *b;
        return a;
      },
      [](int i) { return std::make_unique<int>(i); });
  EXPECT_EQ(*total, 499'500);
}

TEST_P(parallel_reduce_over, rethrows) {
  const auto fail = [](int i) {
    if (i == 77) throw std::runtime_error("x");
    return i;
  };
  EXPECT_THROW(static_cast<void>(
                   par::parallel_reduce(*on, std::views::iota(0, 500), 0, std::plus<>(), fail)),
               std::runtime_error);
}

TEST_P(parallel_reduce_over, blocks_start_from_the_identity) {
  const auto sum_up = [](int begin, int end, std::int64_t value) {
    for (int i = begin; i < end; ++i) value += i;
    return value;
  };
  for (const int count : {0, 1, 5, 256, 100'000}) {
    EXPECT_EQ(par::parallel_reduce_blocks(*on, 0, count, std::int64_t{0}, sum_up, std::plus<>()),
              std::int64_t{count} * (count - 1) / 2);
  }
  EXPECT_EQ(par::parallel_reduce_blocks(*on, -10, 11, std::int64_t{0}, sum_up, std::plus<>()), 0);
}

TEST_P(parallel_reduce_over, can_be_nested) {
  const auto triangle = [this](int n) {
    return par::parallel_reduce(*on, std::views::iota(0, n), std::int64_t{0});
  };
  EXPECT_EQ(
      par::parallel_reduce(*on, std::views::iota(0, 300), std::int64_t{0}, std::plus<>(), triangle),
      299 * 300 * 298 / 6);
}

}  // namespace
