#include "../../../libpar/src/pools/work_share.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

namespace {

using par::detail::span_of_work;
using par::detail::work_share;

void expect_span(span_of_work got, std::uint32_t begin, std::uint32_t end) {
  EXPECT_EQ(got.begin, begin);
  EXPECT_EQ(got.end, end);
}

TEST(work_share, begins_empty) {
  work_share share;
  EXPECT_EQ(share.size(), 0U);
  EXPECT_TRUE(share.take(1, 10).empty());
  EXPECT_TRUE(share.steal(1).empty());
}

TEST(work_share, the_owner_takes_from_the_front_and_leaves_half) {
  work_share share;
  share.fill({10, 110});
  expect_span(share.take(1, 20), 10, 30);
  expect_span(share.take(1, 1'000), 30, 70);
  expect_span(share.take(50, 50), 70, 110);
  EXPECT_TRUE(share.take(1, 1).empty());
}

TEST(work_share, a_thief_takes_the_back_half) {
  work_share share;
  share.fill({0, 100});
  expect_span(share.steal(1), 50, 100);
  expect_span(share.steal(40), 10, 50);
  expect_span(share.steal(40), 0, 10);
  EXPECT_TRUE(share.steal(1).empty());
}

TEST(work_share, the_last_iteration_can_be_taken_or_stolen) {
  work_share share;
  share.fill({7, 8});
  expect_span(share.take(1, 1), 7, 8);
  share.fill({8, 9});
  expect_span(share.steal(1), 8, 9);
}

TEST(work_share, holds_the_largest_span) {
  constexpr auto most = std::numeric_limits<std::uint32_t>::max();
  work_share share;
  share.fill({0, most});
  EXPECT_EQ(share.size(), most);
  expect_span(share.steal(1), most - most / 2, most);
}

TEST(work_share, an_owner_and_thieves_take_each_iteration_once) {
  constexpr std::uint32_t count = 100'000;
  std::vector<std::atomic<int>> taken(count);
  work_share share;
  share.fill({0, count});
  const auto mark = [&](span_of_work part) {
    for (std::uint32_t i = part.begin; i < part.end; ++i) ++taken[i];
  };
  {
    std::vector<std::jthread> thieves;
    for (int i = 0; i < 3; ++i) {
      thieves.emplace_back([&] {
        while (share.size() > 0) {
          const span_of_work part = share.steal(1);
          mark(part);
        }
      });
    }
    for (;;) {
      const span_of_work part = share.take(1, 3);
      if (part.empty()) break;
      mark(part);
    }
  }
  for (const auto& times : taken) ASSERT_EQ(times, 1);
}

}  // namespace
