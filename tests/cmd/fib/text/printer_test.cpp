#include "fib/text/printer.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cmd/fib/reference.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#ifdef TEST_TBB
#include "par/tbb/tbb_executor.h"
#endif

namespace fib {
namespace {

const std::atomic<bool> never = false;

const request plain;

std::string printed(const index_range& numbers, par::executor& on, const block_limits& limits = {},
                    const request& what = plain) {
  std::string text;
  print_counters counters;
  const auto sink = [&](std::string_view piece) {
    text += piece;
    return true;
  };
  printer to(what, on, never, counters, sink, limits);
  EXPECT_TRUE(to.print(numbers));
  EXPECT_TRUE(to.finish());
  EXPECT_EQ(counters.numbers, numbers.count);
  return text;
}

// Prints until the sink has enough; whether it all went.
bool print_some(const index_range& numbers, par::executor& on, print_counters& counters,
                text_sink sink, const std::atomic<bool>& stop = never,
                const block_limits& limits = {}) {
  printer to(plain, on, stop, counters, sink, limits);
  return to.print(numbers);
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
    {.bytes = 1, .numbers = 1, .most_bytes = 1 << 20, .single_bytes = 0, .window_bytes = 1},
    {.bytes = 100, .numbers = 3, .most_bytes = 400, .single_bytes = 400, .window_bytes = 2000},
    {.bytes = 100, .numbers = 7, .most_bytes = 1, .single_bytes = 1 << 20, .window_bytes = 100},
    {.bytes = 1, .numbers = 7, .most_bytes = 1, .single_bytes = 1 << 20, .window_bytes = 100},
};

TEST(printer, prints_the_same_on_every_backend_with_blocks_of_any_size) {
  const index_range ranges[] = {{1, 0}, {0, 1},    {0, 2},     {0, 3},       {1, 10},
                                {7, 1}, {0, 1501}, {800, 200}, {-800, 1501}, {-7, 1}};
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

TEST(printer, passes_from_independent_to_chained_blocks_unseen) {
  par::thread_pool pool(2);
  const index_range numbers = {.first = 49'500, .count = 1000};
  EXPECT_EQ(printed(numbers, pool), reference::lines(numbers));
}

TEST(printer, prints_one_number_far_out) {
  par::thread_pool pool(2);
  EXPECT_EQ(printed({.first = 300'000, .count = 1}, pool),
            reference::fibonacci(300'000).get_str() + '\n');
}

// The way to a long part takes many steps, and that to the next none.
TEST(printer, goes_from_one_long_part_to_the_next) {
  constexpr std::uint64_t digits = 600'000;
  const index_range numbers = {.first = 3'000'000, .count = 4};
  const request what = {.wanted = {.kind = part_kind::last, .digits = digits}};
  par::thread_pool pool(2);
  print_counters counters;
  std::string text;
  const auto sink = [&](std::string_view piece) {
    text += piece;
    return true;
  };
  printer to(what, pool, never, counters, sink);
  EXPECT_TRUE(to.print(numbers));
  EXPECT_TRUE(to.finish());
  EXPECT_LT(counters.steps, 2 * printer::steps_for(what, numbers.first));
  std::string want;
  for (index at = numbers.first; at != numbers.end(); ++at) {
    const std::string whole = reference::fibonacci(at).get_str();
    want += whole.substr(whole.size() - digits) + '\n';
  }
  EXPECT_TRUE(text == want);
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

TEST(printer, runs_ahead_only_a_little_and_ends_when_the_reader_does) {
  for (const index first : {0, 1'000'000, -1'000'000}) {  // Independent blocks, and chained ones.
    SCOPED_TRACE(first);
    counting_executor on;
    print_counters counters;
    int pieces = 0;
    const bool all = print_some({.first = first, .count = 1'000'000'000}, on, counters,
                                [&](std::string_view) { return ++pieces < 3; });
    EXPECT_FALSE(all);
    EXPECT_EQ(pieces, 3);
    // Far out the first numbers are computed in parts.
    EXPECT_LE(on.posted, first == 0 ? 3 + 2 * on.concurrency() : 100);
  }
}

TEST(printer, looks_ahead_less_when_blocks_are_large) {
  counting_executor on;
  print_counters counters;
  const block_limits tight = {
      .bytes = 1000, .numbers = 1, .most_bytes = 1 << 20, .single_bytes = 0, .window_bytes = 2500};
  print_some(
      {.first = 0, .count = 1000}, on, counters, [](std::string_view) { return false; }, never,
      tight);
  EXPECT_LE(on.posted, 3U);  // The one in hand, and two more.
}

TEST(printer, ends_between_blocks_when_stopped) {
  for (const index first : {0, 1'000'000, -1'000'000}) {
    SCOPED_TRACE(first);
    par::thread_pool pool(2);
    std::atomic<bool> stop = false;
    print_counters counters;
    std::string text;
    const auto take = [&](std::string_view piece) {
      text += piece;
      stop = true;
      return true;
    };
    const bool all =
        print_some({.first = first, .count = 1'000'000'000}, pool, counters, take, stop);
    EXPECT_FALSE(all);
    EXPECT_EQ(text.back(), '\n');
    EXPECT_EQ(counters.bytes, text.size());
  }
}

TEST(printer, prints_nothing_once_stopped) {
  par::serial_executor on;
  const std::atomic<bool> stop = true;
  print_counters counters;
  const auto take = [](std::string_view) {
    ADD_FAILURE() << "asked to print";
    return true;
  };
  const bool all = print_some({.first = 1, .count = 5}, on, counters, take, stop);
  EXPECT_FALSE(all);
  EXPECT_EQ(counters.numbers, 0U);
}

TEST(printer, lets_exceptions_of_the_reader_out) {
  par::thread_pool pool(2);
  print_counters counters;
  const auto read = [](std::string_view) -> bool { throw std::runtime_error("reader"); };
  EXPECT_THROW(print_some({.first = 1, .count = 100'000}, pool, counters, read),
               std::runtime_error);
  EXPECT_THROW(print_some({.first = 100'000, .count = 100}, pool, counters, read),
               std::runtime_error);
}

TEST(printer, prints_the_first_twenty_thousand_as_gmp_does) {
  par::thread_pool pool(2);
  const index_range numbers = {.first = 0, .count = 20'001};
  EXPECT_TRUE(printed(numbers, pool) == reference::lines(numbers));
  const request lucas = {.of = {.zeroth = 2, .first = 1}};
  EXPECT_TRUE(printed(numbers, pool, {}, lucas) == reference::lines(numbers, lucas.of));
  const index_range below = {.first = -20'000, .count = 20'001};
  EXPECT_TRUE(printed(below, pool) == reference::lines(below));
}

TEST(printer, prints_any_base_on_every_backend) {
  const index_range numbers = {.first = -600, .count = 1201};
  for (const unsigned base : {2U, 16U, 62U}) {
    const request what = {.in = radix(base)};
    const std::string want = reference::lines(numbers, {}, static_cast<int>(base));
    for (const backend& b : backends) {
      const auto on = b.make();
      for (const block_limits& limits : all_limits) {
        ASSERT_TRUE(printed(numbers, *on, limits, what) == want) << b.name << ", base " << base;
      }
    }
  }
}

TEST(printer, prints_parts_on_every_backend) {
  const request what = {.wanted = {.kind = part_kind::remainder, .modulus = 1000}};
  std::string want;
  for (index at = -5000; at <= 5000; ++at) {
    mpz_class rest;
    mpz_fdiv_r_ui(rest.get_mpz_t(), reference::fibonacci(at).get_mpz_t(), 1000);
    want += rest.get_str() + '\n';
  }
  for (const backend& b : backends) {
    EXPECT_TRUE(printed({.first = -5000, .count = 10'001}, *b.make(), {}, what) == want) << b.name;
  }
}

const layout listed = {.indexed = true,
                       .before_index = "<",
                       .before_number = ":",
                       .after_number = ">",
                       .opening = "[",
                       .between = ", ",
                       .closing = "]",
                       .nothing = "none"};

TEST(printer, puts_the_layout_around_and_between_whatever_the_blocks) {
  par::thread_pool pool(2);
  const request what = {.as = listed};
  for (const block_limits& limits : all_limits) {
    EXPECT_EQ(printed({.first = -1, .count = 4}, pool, limits, what),
              "[<-1:1>, <0:0>, <1:1>, <2:1>]");
    EXPECT_EQ(printed({.first = 7, .count = 1}, pool, limits, what), "[<7:13>]");
    EXPECT_EQ(printed({.first = 7, .count = 0}, pool, limits, what), "none");
  }
}

TEST(printer, puts_the_layout_around_a_number_computed_on_all_threads) {
  par::thread_pool pool(2);
  const request what = {.in = radix(36), .as = listed};
  const std::string number = reference::fibonacci(-200'000).get_str(36);
  EXPECT_TRUE(printed({.first = -200'000, .count = 1}, pool, {}, what) ==
              "[<-200000:" + number + ">]");
}

TEST(printer, goes_from_range_to_range) {
  par::thread_pool pool(2);
  const std::vector<index_range> ranges = {{5, 1}, {7, 2}, {100'000, 3}, {3, 0}, {-4, 2}, {9, 1}};
  std::string want;
  for (const index_range& each : ranges) want += reference::lines(each);
  for (const block_limits& limits : all_limits) {
    std::string text;
    const auto take = [&](std::string_view piece) {
      text += piece;
      return true;
    };
    print_counters counters;
    printer to(plain, pool, never, counters, take, limits);
    EXPECT_TRUE(to.print(ranges) && to.finish());
    EXPECT_TRUE(text == want);
  }
}

TEST(printer, counts_the_steps_of_a_long_computation) {
  par::thread_pool pool(2);
  print_counters counters;
  const index at = 1'000'000;
  print_some({at, 1}, pool, counters, [](std::string_view) { return true; });
  const std::uint64_t all = printer::steps_for(plain, at);
  EXPECT_GE(counters.steps, all - all / 10);
  EXPECT_LE(counters.steps, all + all / 10);
}

}  // namespace
}  // namespace fib
