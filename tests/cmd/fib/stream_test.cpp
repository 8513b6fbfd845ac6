#include "fib/stream.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#include "reference.h"
#ifdef TEST_TBB
#include "par/tbb/tbb_executor.h"
#endif

namespace fib {
namespace {

const std::atomic<bool> never = false;

std::string printed(index_range numbers, par::executor& on, const block_limits& limits = {}) {
  std::string text;
  stream_counters counters;
  const bool all = stream_numbers(
      numbers, on, never, counters,
      [&](std::string_view piece) {
        text += piece;
        return true;
      },
      limits);
  EXPECT_TRUE(all);
  EXPECT_EQ(counters.numbers, numbers.count);
  EXPECT_EQ(counters.bytes, text.size());
  return text;
}

struct backend {
  const char* name;
  std::function<std::unique_ptr<par::executor>()> make;
};

const std::vector<backend> backends = {
    {"serial", [] { return std::make_unique<par::serial_executor>(); }},
    {"one thread", [] { return std::make_unique<par::thread_pool>(1); }},
    {"two threads", [] { return std::make_unique<par::thread_pool>(2); }},
    {"seven threads", [] { return std::make_unique<par::thread_pool>(7); }},
#ifdef TEST_TBB
    {"tbb", [] { return std::make_unique<par::tbb_executor>(2); }},
#endif
};

// From all blocks independent, through both kinds in one range, to all blocks chained.
const block_limits all_limits[] = {
    {},
    {.bytes = 1, .numbers = 1, .most_bytes = 1 << 20, .window_bytes = 1},
    {.bytes = 100, .numbers = 3, .most_bytes = 400, .window_bytes = 2000},
    {.bytes = 100, .numbers = 7, .most_bytes = 1, .window_bytes = 100},
    {.bytes = 1, .numbers = 7, .most_bytes = 1, .window_bytes = 100},
};

TEST(stream, prints_the_same_on_every_backend_with_blocks_of_any_size) {
  const index_range ranges[] = {{1, 0},  {0, 1}, {0, 2},    {0, 3},
                                {1, 10}, {7, 1}, {0, 1501}, {800, 200}};
  for (const index_range& numbers : ranges) {
    const std::string want = reference::lines(numbers);
    for (const backend& b : backends) {
      SCOPED_TRACE(b.name);
      const auto on = b.make();
      for (const block_limits& limits : all_limits) {
        ASSERT_EQ(printed(numbers, *on, limits), want)
            << numbers.first << " x " << numbers.count << ", blocks of " << limits.bytes;
      }
    }
  }
}

TEST(stream, passes_from_independent_to_chained_blocks_unseen) {
  par::thread_pool pool(2);
  const index_range numbers = {.first = 49'500, .count = 1000};
  EXPECT_EQ(printed(numbers, pool), reference::lines(numbers));
}

TEST(stream, prints_one_number_far_out) {
  par::thread_pool pool(2);
  EXPECT_EQ(printed({.first = 300'000, .count = 1}, pool), reference::number(300'000) + '\n');
}

// How many tasks were posted in all.
class counting_executor final : public par::executor {
 public:
  void post(par::unique_function<void()> task) override {
    ++posted;
    inner_.post(std::move(task));
  }
  void wait_idle() override { inner_.wait_idle(); }
  [[nodiscard]] std::size_t concurrency() const noexcept override { return 4; }

  std::size_t posted = 0;

 private:
  par::serial_executor inner_;
};

TEST(stream, runs_ahead_only_a_little_and_ends_when_the_reader_does) {
  for (const std::uint64_t first : {0U, 1'000'000U}) {  // Independent blocks, and chained ones.
    SCOPED_TRACE(first);
    counting_executor on;
    stream_counters counters;
    int pieces = 0;
    const bool all = stream_numbers({.first = first, .count = largest_index - first}, on, never,
                                    counters, [&](std::string_view) { return ++pieces < 3; });
    EXPECT_FALSE(all);
    EXPECT_EQ(pieces, 3);
    EXPECT_LE(on.posted, 3 + 2 * on.concurrency());
  }
}

TEST(stream, looks_ahead_less_when_blocks_are_large) {
  counting_executor on;
  stream_counters counters;
  const block_limits tight = {
      .bytes = 1000, .numbers = 1, .most_bytes = 1 << 20, .window_bytes = 2500};
  stream_numbers(
      {.first = 0, .count = 1000}, on, never, counters, [](std::string_view) { return false; },
      tight);
  EXPECT_LE(on.posted, 3U);  // The one in hand, and two more.
}

TEST(stream, ends_between_blocks_when_stopped) {
  for (const std::uint64_t first : {0U, 1'000'000U}) {
    SCOPED_TRACE(first);
    par::thread_pool pool(2);
    std::atomic<bool> stop = false;
    stream_counters counters;
    std::string text;
    const bool all = stream_numbers({.first = first, .count = largest_index - first}, pool, stop,
                                    counters, [&](std::string_view piece) {
                                      text += piece;
                                      stop = true;
                                      return true;
                                    });
    EXPECT_FALSE(all);
    EXPECT_EQ(text.back(), '\n');
    EXPECT_EQ(counters.bytes, text.size());
  }
}

TEST(stream, prints_nothing_once_stopped) {
  par::serial_executor on;
  const std::atomic<bool> stop = true;
  stream_counters counters;
  const bool all =
      stream_numbers({.first = 1, .count = 5}, on, stop, counters, [](std::string_view) {
        ADD_FAILURE() << "asked to print";
        return true;
      });
  EXPECT_FALSE(all);
  EXPECT_EQ(counters.numbers, 0U);
}

TEST(stream, lets_exceptions_of_the_reader_out) {
  par::thread_pool pool(2);
  stream_counters counters;
  const auto read = [](std::string_view) -> bool { throw std::runtime_error("reader"); };
  EXPECT_THROW(stream_numbers({.first = 1, .count = 100'000}, pool, never, counters, read),
               std::runtime_error);
  EXPECT_THROW(stream_numbers({.first = 100'000, .count = 100}, pool, never, counters, read),
               std::runtime_error);
}

}  // namespace
}  // namespace fib
