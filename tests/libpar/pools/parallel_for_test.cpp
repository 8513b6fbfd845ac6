#include "par/pools/parallel_for.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <latch>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "executors.h"
#include "par/base/unique_function.h"

namespace {

class parallel_for_over : public over_executors {};
OVER_EXECUTORS(parallel_for_over);

TEST_P(parallel_for_over, calls_each_index_once) {
  for (const std::size_t grain : {0, 1, 7, 5'000}) {
    std::vector<std::atomic<int>> calls(1'003);
    par::parallel_for(*on, std::size_t{0}, calls.size(), [&](std::size_t i) { ++calls[i]; }, grain);
    for (const auto& count : calls) ASSERT_EQ(count, 1);
  }
}

TEST_P(parallel_for_over, calls_nothing_for_an_empty_range) {
  int calls = 0;
  par::parallel_for(*on, 3, 3, [&](int) { ++calls; });
  par::parallel_for(*on, 3, -3, [&](int) { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST_P(parallel_for_over, takes_negative_and_extreme_bounds) {
  std::atomic<std::int64_t> sum = 0;
  par::parallel_for(*on, -100, 101, [&](int i) { sum += i; });
  EXPECT_EQ(sum, 0);
  std::atomic<int> calls = 0;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  par::parallel_for(*on, most - 5, most, [&](std::int64_t i) { calls += i >= most - 5; });
  EXPECT_EQ(calls, 5);
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  par::parallel_for(*on, least, least + 5, [&](std::int64_t i) { calls += i < least + 5; });
  EXPECT_EQ(calls, 10);
  std::atomic<int> extremes = 0;
  par::parallel_for(*on, std::int8_t{-128}, std::int8_t{127},
                    [&](std::int8_t i) { extremes += i == -128 || i == 126; });
  EXPECT_EQ(extremes, 2);
}

TEST_P(parallel_for_over, rethrows_and_leaves_the_rest_out) {
  constexpr int count = 1'000'000;
  std::atomic<int> calls = 0;
  EXPECT_THROW(par::parallel_for(*on, 0, count,
                                 [&](int) {
                                   ++calls;
                                   throw std::runtime_error("x");
                                 }),
               std::runtime_error);
  EXPECT_LT(calls, count);
  on->wait_idle();  // The exception went to the caller, not here.
}

TEST_P(parallel_for_over, can_be_nested_and_called_from_tasks) {
  std::atomic<int> calls = 0;
  on->post([&] {
    par::parallel_for(*on, 0, 20, [&](int) {
      par::parallel_for(*on, 0, 20,
                        [&](int) { par::parallel_for(*on, 0, 5, [&](int) { ++calls; }); });
    });
  });
  on->wait_idle();
  EXPECT_EQ(calls, 2'000);
}

TEST_P(parallel_for_over, can_be_nested_to_depth_1000) {
  std::atomic<int> calls = 0;
  const auto descend = [&](auto& self, int depth) -> void {
    par::parallel_for(*on, 0, 2, [&](int i) {
      ++calls;
      if (i == 0 && depth > 1) self(self, depth - 1);
    });
  };
  descend(descend, 1'000);
  EXPECT_EQ(calls, 2'000);
}

TEST_P(parallel_for_over, an_exception_crosses_every_level) {
  EXPECT_THROW(par::parallel_for(*on, 0, 50,
                                 [&](int) {
                                   par::parallel_for(*on, 0, 50, [](int i) {
                                     if (i == 20) throw std::runtime_error("inner");
                                   });
                                 }),
               std::runtime_error);
}

// The loop knows itself again by the type of its body: short runs, long ones, and back.
TEST_P(parallel_for_over, calls_each_index_once_whatever_it_learnt_before) {
  const auto run = [this](std::size_t count) {
    std::vector<std::atomic<int>> calls(count);
    par::parallel_for(*on, std::size_t{0}, count, [&](std::size_t i) { ++calls[i]; });
    return std::ranges::all_of(calls, [](const auto& c) { return c == 1; });
  };
  for (const std::size_t count : {10, 100'000, 3, 200'000, 1, 2, 50'000}) {
    for (int again = 0; again < 5; ++again) ASSERT_TRUE(run(count)) << count;
  }
}

TEST_P(parallel_for_over, several_threads_may_bring_loops_at_once) {
  if (std::string(GetParam().name) == "serial") GTEST_SKIP() << "one thread at a time";
  std::atomic<int> calls = 0;
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 4; ++caller) {
      callers.emplace_back([&] {
        for (int i = 0; i < 200; ++i) par::parallel_for(*on, 0, 100, [&](int) { ++calls; });
      });
    }
  }
  EXPECT_EQ(calls, 80'000);
}

TEST_P(parallel_for_over, blocks_make_up_the_range_and_respect_the_grain) {
  for (const std::size_t grain : {1, 7, 100, 5'000}) {
    std::vector<std::atomic<int>> calls(1'003);
    std::atomic<int> small = 0;
    par::parallel_for_blocks(
        *on, 0, 1'003,
        [&](int begin, int end) {
          ASSERT_LT(begin, end);
          if (static_cast<std::size_t>(end - begin) < grain) ++small;
          for (int i = begin; i < end; ++i) ++calls[static_cast<std::size_t>(i)];
        },
        grain);
    for (const auto& count : calls) ASSERT_EQ(count, 1);
    // A share that is halved may leave one short piece in each of its parts.
    EXPECT_LE(small, 2 * static_cast<int>(on->concurrency())) << grain;
  }
}

TEST_P(parallel_for_over, each_takes_the_elements_of_a_range) {
  std::vector<int> values(1'000, 1);
  par::parallel_for_each(*on, values, [](int& value) { ++value; });
  EXPECT_EQ(std::ranges::count(values, 2), 1'000);
  struct counter {
    int hits = 0;
    void hit() { ++hits; }
  };
  std::deque<counter> counters(500);
  par::parallel_for_each(*on, counters, &counter::hit, 10);
  EXPECT_TRUE(std::ranges::all_of(counters, [](const counter& c) { return c.hits == 1; }));
  par::parallel_for_each(*on, std::vector<int>{}, [](int) { ADD_FAILURE(); });
}

TEST_P(parallel_for_over, publishes_what_the_calls_wrote) {
  std::vector<int> squares(10'000);
  par::parallel_for(*on, 0, 10'000, [&](int i) { squares[static_cast<std::size_t>(i)] = i * i; });
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(squares[static_cast<std::size_t>(i)], i * i);
}

// Two iterations that wait for one another end only if two threads have them.
TEST(run_loop, calls_for_help_at_once_when_it_knows_nothing) {
  par::thread_pool pool(2);
  par::detail::loop_pace unknown{0};
  std::latch both(2);
  par::detail::run_loop(pool, 2, 1, unknown,
                        [&](std::size_t, std::size_t) { both.arrive_and_wait(); });
}

TEST(run_loop, that_is_expected_to_be_short_calls_for_help_when_it_lasts) {
  par::thread_pool pool(2);
  par::detail::loop_pace quick{1'000'000};
  std::latch both(2);
  par::detail::run_loop(pool, 100, 1, quick, [&](std::size_t begin, std::size_t end) {
    const auto start = std::chrono::steady_clock::now();
    while (begin == 0 && std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1)) {
    }
    if ((begin <= 50 && 50 < end) || end == 100) both.arrive_and_wait();
  });
}

TEST(run_loop, learns_its_pace) {
  par::thread_pool pool(2);
  par::detail::loop_pace pace{0};
  // Nothing is done, so far more of it would fit; a thread may be interrupted now and then.
  for (int i = 0; i < 1'000 && pace.load() <= 10'000; ++i) {
    par::detail::run_loop(pool, 10'000, 1, pace, [](std::size_t, std::size_t) {});
  }
  EXPECT_GT(pace.load(), 10'000U);
  par::detail::run_loop(pool, 2, 1, pace, [](std::size_t, std::size_t) {
    const auto start = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1)) {
    }
  });
  EXPECT_LE(pace.load(), 1U);
}

TEST(parallel_for, on_an_executor_that_is_shut_down_runs_on_the_caller) {
  par::thread_pool pool(2);
  pool.shutdown();
  std::atomic<int> calls = 0;
  par::parallel_for(pool, 0, 100, [&](int) { ++calls; });
  EXPECT_EQ(calls, 100);
}

// Helpers of a loop that has ended, still queued when the pool drops its tasks.
TEST(parallel_for, outlives_helpers_that_were_dropped) {
  par::thread_pool pool(2);
  std::latch begun(2), go(1);
  for (int i = 0; i < 2; ++i) {
    pool.post([&] {
      begun.count_down();
      go.wait();
    });
  }
  begun.wait();
  std::atomic<int> calls = 0;
  par::parallel_for(pool, 0, 100, [&](int) { ++calls; });
  pool.shutdown(par::thread_pool::pending::cancel);
  par::parallel_for(pool, 0, 100, [&](int) { ++calls; });
  go.count_down();
  pool.wait_idle();
  EXPECT_EQ(calls, 200);
}

// A loop leaves no more queued tasks behind than the pool has threads.
class counting_executor final : public par::executor {
 public:
  explicit counting_executor(std::size_t concurrency) : concurrency_(concurrency) {}
  void post(par::unique_function<void()> task) override { tasks.push_back(std::move(task)); }
  void wait_idle() override {}
  [[nodiscard]] std::size_t concurrency() const noexcept override { return concurrency_; }

  std::vector<par::unique_function<void()>> tasks;

 private:
  const std::size_t concurrency_;
};

TEST(parallel_for, leaves_few_tasks_behind) {
  counting_executor on(4);
  int calls = 0;
  for (int i = 0; i < 100; ++i) {
    par::parallel_for(on, 0, 4, [&](int) {
      par::parallel_for(on, 0, 4, [&](int) {
        ++calls;
        const auto begin = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - begin < std::chrono::microseconds(3)) {
        }
      });
    });
  }
  EXPECT_EQ(calls, 1'600);
  EXPECT_LE(on.tasks.size(), 3U);
  for (auto& task : on.tasks) task();  // They find nothing to do.
}

}  // namespace
