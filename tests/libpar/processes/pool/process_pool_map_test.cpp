// Ranges of calls, and what is called back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <limits>
#include <numeric>
#include <ranges>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "libpar/processes/pool/pool_tasks.h"
#include "par/pools/executor.h"
#include "par/processes/process_pool.h"

namespace par {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
class process_pool_map_test : public pool_test {};
INSTANTIATE_TEST_SUITE_P(each, process_pool_map_test, each_start_method(), name_of_case);

int square(int x) {
  if (x < 0) throw std::domain_error("negative " + std::to_string(x));
  if (x == 1'000'000) ::raise(SIGKILL);
  return x * x;
}

bool is_even(int x) {
  return x % 2 == 0;
}

std::string repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<int> numbers(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

TEST_P(process_pool_map_test, gives_results_in_order_for_every_chunk_size) {
  process_pool pool(with(2));
  for (const int count : {0, 1, 2, 7, 8, 9, 100}) {
    std::vector<int> want = numbers(count);
    for (int& each : want) each *= each;
    for (const std::size_t chunk : {0, 1, 2, 7, 8, 100, 1000}) {
      SCOPED_TRACE(testing::Message() << count << " by " << chunk);
      EXPECT_EQ(pool.map<&square>(numbers(count), chunk), want);
    }
  }
  EXPECT_EQ(pool.map<&square>(std::vector{1, 2}, std::numeric_limits<std::size_t>::max() / 2),
            (std::vector{1, 4}));
}

TEST_P(process_pool_map_test, takes_any_range_and_tuples) {
  process_pool pool(with(2));
  EXPECT_THAT(pool.map<&is_even>(std::views::iota(1, 4)), ElementsAre(false, true, false));
  const std::vector<std::tuple<const char*, int>> items = {{"a", 2}, {"b", 0}, {"c", 1}};
  EXPECT_THAT(pool.starmap<&repeat>(items), ElementsAre("aa", "", "c"));
  EXPECT_THAT(pool.starmap_async<&repeat>(items, 2).get(), ElementsAre("aa", "", "c"));
}

TEST_P(process_pool_map_test, fails_with_the_first_chunk_that_does) {
  process_pool pool(with(1));
  auto failed = pool.map_async<&square>(std::vector{1, -2, 3, -4}, 1);
  try {
    static_cast<void>(failed.get());
    FAIL() << "there are negative ones";
  } catch (const remote_error& error) {
    EXPECT_STREQ(error.what(), "negative -2");
  }
  EXPECT_THROW(static_cast<void>(pool.map<&square>(std::vector{1, 1'000'000, 2})), worker_died);
  EXPECT_THAT(pool.map<&square>(std::vector{1, 2}), ElementsAre(1, 4));
}

TEST_P(process_pool_map_test, can_be_cancelled_before_it_begins) {
  process_pool pool(with(1));
  running_task running(pool);
  auto squares = pool.map_async<&square>(numbers(100));
  EXPECT_TRUE(squares.cancel());
  running.end.send(1);
  EXPECT_EQ(running.result.get(), 1);
  EXPECT_THROW(static_cast<void>(squares.get()), future_cancelled);
  EXPECT_EQ(pool.apply<&add>(1, 2), 3);
}

TEST_P(process_pool_map_test, calls_back_with_values_and_errors) {
  process_pool pool(with(2));
  std::vector<std::string> told;  // One thread calls, and has ended when it is read.
  const auto note = [&](const auto&... value) {
    told.push_back("value " + (std::to_string(value) + ... + std::string()));
    throw std::runtime_error("dropped");
  };
  const auto note_error = [&](const std::exception_ptr& error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& e) {
      told.emplace_back(e.what());
    }
  };
  EXPECT_EQ(pool.apply_async<&square>(std::tuple(3), note, note_error).get(), 9);
  EXPECT_THAT(told, ElementsAre("value 9")) << "before the future is done";
  pool.apply_async<&square>(std::tuple(-3), note, note_error).wait();
  pool.apply_async<&add>(std::tuple(1, 2), note).wait();
  pool.apply_async<&square>(std::tuple(-4), note).wait();
  const auto size = [&](const std::vector<int>& all) {
    told.push_back("size " + std::to_string(all.size()));
  };
  pool.map_async<&square>(numbers(10), 3, size, note_error).wait();
  pool.map_async<&square>(numbers(0), 3, size, note_error).wait();
  pool.map_async<&square>(std::vector{1, -5}, 1, size, note_error).wait();
  EXPECT_THAT(told,
              ElementsAre("value 9", "negative -3", "value 3", "size 10", "size 0", "negative -5"));
}

TEST_P(process_pool_map_test, hands_out_results_one_after_another) {
  process_pool pool(with(2));
  for (const std::size_t chunk : {0, 1, 3, 50}) {
    int next = 0;
    for (const int each : pool.imap<&square>(std::views::iota(0, 100), chunk, 3)) {
      EXPECT_EQ(each, next * next);
      ++next;
    }
    EXPECT_EQ(next, 100);
    std::vector<int> all;
    for (const int each : pool.imap_unordered<&square>(std::views::iota(0, 100), chunk)) {
      all.push_back(each);
    }
    std::ranges::sort(all);
    EXPECT_EQ(all, pool.map<&square>(numbers(100)));
  }
  auto none = pool.imap<&square>(std::vector<int>());
  EXPECT_TRUE(none.begin() == none.end());
}

TEST_P(process_pool_map_test, pulls_no_more_from_the_source_than_the_window) {
  process_pool pool(with(2));
  int pulled = 0;
  auto source = std::views::iota(0) | std::views::transform([&](int i) {
                  ++pulled;
                  return i;
                });
  auto squares = pool.imap<&square>(source, 2, 3);
  auto at = squares.begin();
  for (int i = 0; i < 20; ++i, ++at) EXPECT_EQ(*at, i * i);
  EXPECT_LE(pulled, 20 + 2 + 3 * 2);
}

TEST_P(process_pool_map_test, hands_out_what_comes_before_an_error) {
  process_pool pool(with(2));
  std::vector<int> got;
  auto squares = pool.imap<&square>(std::vector{1, 2, -3, 4}, 1);
  EXPECT_THROW(
      {
        for (const int each : squares) got.push_back(each);
      },
      remote_error);
  EXPECT_THAT(got, ElementsAre(1, 4));

  auto broken = std::views::iota(0) | std::views::transform([](int i) {
                  if (i == 3) throw std::out_of_range("no more");
                  return i;
                });
  got.clear();
  auto rest = pool.imap<&square>(broken, 1);
  EXPECT_THROW(
      {
        for (const int each : rest) got.push_back(each);
      },
      std::out_of_range);
  EXPECT_THAT(got, ElementsAre(0, 1, 4));
}

TEST_P(process_pool_map_test, is_refused_after_shutdown) {
  process_pool pool(with(1));
  pool.close();
  EXPECT_THROW(static_cast<void>(pool.map<&square>(numbers(3))), executor_closed);
  auto late = pool.imap<&square>(numbers(3));
  EXPECT_THROW(static_cast<void>(late.begin()), executor_closed);
  EXPECT_THAT(pool.map<&square>(numbers(0)), IsEmpty());
}

}  // namespace
}  // namespace par
