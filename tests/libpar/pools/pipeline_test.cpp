#include "par/pools/pipeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "allocations.h"
#include "executors.h"
#include "par/pools/future.h"

namespace {

class pipeline_over : public over_executors {};
OVER_EXECUTORS(pipeline_over);

// 0, 1, ... count - 1.
auto numbers(int count) {
  return [next = 0, count]() mutable -> std::optional<int> {
    if (next == count) return std::nullopt;
    return next++;
  };
}

std::vector<int> first_numbers(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

TEST_P(pipeline_over, writes_in_the_order_of_reading) {
  for (const std::size_t tokens : {1, 2, 3, 7, 64}) {
    for (const int count : {0, 1, 2, 3, 1'000}) {
      std::vector<int> written;
      par::pipeline(
          *on, tokens, numbers(count), [](int i) { return i * 2; }, [](int i) { return i / 2; },
          [&](int i) { written.push_back(i); });
      ASSERT_EQ(written, first_numbers(count)) << tokens << " tokens";
    }
  }
}

TEST_P(pipeline_over, writes_in_order_when_the_work_is_uneven) {
  std::vector<int> written;
  par::pipeline(
      *on, 8, numbers(400),
      [](int i) {
        std::size_t x = 1;
        for (int n = 0; n < (i % 7) * 3'000; ++n) x = x * 6'364'136'223'846'793'005U + 1;
        return x == 0 ? -1 : i;
      },
      [&](int i) { written.push_back(i); });
  EXPECT_EQ(written, first_numbers(400));
}

TEST_P(pipeline_over, needs_no_stage_between_source_and_sink) {
  std::vector<int> written;
  par::pipeline(*on, 4, numbers(100), [&](int i) { written.push_back(i); });
  EXPECT_EQ(written, first_numbers(100));
}

TEST_P(pipeline_over, an_item_may_change_its_type_and_be_only_movable) {
  std::string written;
  par::pipeline(
      *on, 4, numbers(5), [](int i) { return std::make_unique<int>(i); },
      [](std::unique_ptr<int> p) { return std::to_string(*p); },
      [&](std::string s) { written += s + ","; });
  EXPECT_EQ(written, "0,1,2,3,4,");
}

TEST_P(pipeline_over, calls_source_and_sink_one_at_a_time) {
  std::atomic<int> in_source = 0, in_sink = 0;
  bool alone = true;
  par::pipeline(
      *on, 16,
      [&, next = 0]() mutable -> std::optional<int> {
        if (++in_source != 1) alone = false;
        const bool more = next < 2'000;
        --in_source;
        if (!more) return std::nullopt;
        return next++;
      },
      [](int i) { return i; },
      [&](int) {
        if (++in_sink != 1) alone = false;
        --in_sink;
      });
  EXPECT_TRUE(alone);
}

// Counts the items that exist.
class counted {
 public:
  explicit counted(std::atomic<int>& alive) : alive_(&alive) { ++*alive_; }
  counted(counted&& other) noexcept : alive_(std::exchange(other.alive_, nullptr)) {}
  counted& operator=(counted&&) = delete;
  ~counted() {
    if (alive_ != nullptr) --*alive_;
  }

 private:
  std::atomic<int>* alive_;
};

TEST_P(pipeline_over, at_most_so_many_items_as_tokens_exist) {
  std::atomic<int> alive = 0;
  int most = 0;
  par::pipeline(
      *on, 3,
      [&, left = 500]() mutable -> std::optional<counted> {
        if (left-- == 0) return std::nullopt;
        std::optional<counted> item(alive);
        most = std::max(most, alive.load());
        return item;
      },
      [](counted item) { return item; }, [](counted) {});
  EXPECT_LE(most, 3);
  EXPECT_EQ(alive, 0);
}

struct failure_case {
  const char* name;
  int source_at;  // Where each stage throws; -1: nowhere.
  int work_at;
  int sink_at;
  int written;  // How many items reach the sink before.
  const char* what;
};

const failure_case failures[] = {
    {"source", 20, -1, -1, 20, "source"},
    {"source, first", 0, -1, -1, 0, "source"},
    {"work", -1, 30, -1, 30, "work"},
    {"work, first", -1, 0, -1, 0, "work"},
    {"sink", -1, -1, 25, 25, "sink"},
    {"sink before work", -1, 40, 10, 10, "sink"},
    {"work before source", 50, 45, -1, 45, "work"},
    {"source before what it never read", 5, 6, 7, 5, "source"},
};

TEST_P(pipeline_over, the_sink_gets_just_the_items_before_the_first_that_fails) {
  const auto throw_at = [](int at, int i, const char* what) {
    if (i == at) throw std::runtime_error(what);
  };
  for (const failure_case& c : failures) {
    SCOPED_TRACE(c.name);
    std::atomic<int> alive = 0;
    std::vector<int> written;
    const auto run = [&] {
      par::pipeline(
          *on, 6,
          [&, next = 0]() mutable -> std::optional<std::pair<int, counted>> {
            throw_at(c.source_at, next, "source");
            if (next == 100) return std::nullopt;
            return std::optional<std::pair<int, counted>>(std::in_place, next++, counted(alive));
          },
          [&](std::pair<int, counted> item) {
            throw_at(c.work_at, item.first, "work");
            return item;
          },
          [&](std::pair<int, counted> item) {
            throw_at(c.sink_at, item.first, "sink");
            written.push_back(item.first);
          });
    };
    try {
      run();
      ADD_FAILURE() << "no exception";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), c.what);
    }
    EXPECT_EQ(written, first_numbers(c.written));
    EXPECT_EQ(alive, 0);
  }
  on->wait_idle();  // The exceptions went to the caller, not here.
}

TEST_P(pipeline_over, stops_reading_after_a_failure) {
  int read = 0;
  EXPECT_THROW(par::pipeline(
                   *on, 4, [&]() -> std::optional<int> { return read++; },
                   [](int i) {
                     if (i == 3) throw std::runtime_error("x");
                     return i;
                   },
                   [](int) {}),
               std::runtime_error);
  EXPECT_LE(read, 3 + 2 * 4);  // It never ends by itself.
}

TEST_P(pipeline_over, without_tokens_is_misuse) {
  EXPECT_THROW(par::pipeline(*on, 0, numbers(1), [](int) {}), std::invalid_argument);
}

TEST_P(pipeline_over, can_be_nested_and_called_from_tasks) {
  std::vector<int> written;
  par::submit(*on, [&] {
    par::pipeline(
        *on, 4, numbers(20),
        [&](int i) {
          int sum = 0;
          par::pipeline(*on, 3, numbers(i), [](int j) { return j; }, [&](int j) { sum += j; });
          return sum;
        },
        [&](int sum) { written.push_back(sum); });
  }).get();
  ASSERT_EQ(written.size(), 20U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(written[static_cast<std::size_t>(i)], i * (i - 1) / 2);
}

TEST_P(pipeline_over, can_be_nested_to_depth_1000) {
  int deepest = 0;
  const auto descend = [&](auto& self, int depth) -> void {
    par::pipeline(
        *on, 2, numbers(1),
        [&](int i) {
          if (depth < 1'000) self(self, depth + 1);
          return i;
        },
        [&](int) { deepest = std::max(deepest, depth); });
  };
  descend(descend, 1);
  EXPECT_EQ(deepest, 1'000);
}

// What an executor allocates to be woken is its own matter and does not grow with the items.
TEST_P(pipeline_over, allocates_nothing_for_an_item) {
  const auto run = [&](int count) {
    const std::size_t before = allocations();
    int written = 0;
    par::pipeline(*on, 8, numbers(count), [](int i) { return i; }, [&](int) { ++written; });
    EXPECT_EQ(written, count);
    return allocations() - before;
  };
  run(10);
  const std::size_t few = run(10), many = run(20'000);
  EXPECT_LE(many, few + 20'000 / 50);
  if (on->concurrency() == 1) {
    EXPECT_EQ(many, few);
  }
}

// Two items whose work waits for the other's, and a source that waits for both: three threads.
TEST(pipeline, reads_on_while_items_are_worked_on) {
  par::thread_pool pool(3);
  std::latch both(2);
  par::pipeline(
      pool, 4,
      [&, next = 0]() mutable -> std::optional<int> {
        if (next == 2) both.wait();
        if (next == 3) return std::nullopt;
        return next++;
      },
      [&](int i) {
        if (i < 2) both.arrive_and_wait();
        return i;
      },
      [](int) {});
}

TEST(pipeline, stress_of_tiny_items) {
  par::thread_pool pool(4);
  for (int round = 0; round < 50; ++round) {
    int expected = 0;
    bool ordered = true;
    par::pipeline(
        pool, 1 + static_cast<std::size_t>(round) % 9, numbers(2'000), [](int i) { return i; },
        [&](int i) { ordered = ordered && i == expected++; });
    ASSERT_TRUE(ordered);
    ASSERT_EQ(expected, 2'000);
  }
}

}  // namespace
