#include "par/pools/wait.h"

#include <gtest/gtest.h>

#include <chrono>
#include <latch>
#include <stdexcept>
#include <string>
#include <vector>

#include "executors.h"
#include "par/pools/as_completed.h"
#include "par/pools/promise.h"
#include "par/pools/shared_future.h"
#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;
using par::return_when;

// Four futures whose results the test decides.
struct four {
  four() {
    for (auto& each : promises) futures.push_back(each.get_future());
  }
  void fail(std::size_t which) {
    promises[which].set_exception(std::make_exception_ptr(std::runtime_error("x")));
  }
  std::vector<par::promise<int>> promises{4};
  std::vector<par::future<int>> futures;
};

TEST(wait, for_all_gives_all) {
  four f;
  par::thread setter("setter", [&] {
    for (auto& each : f.promises) each.set_value(1);
  });
  const auto result = par::wait(f.futures);
  EXPECT_EQ(result.done.size(), 4U);
  EXPECT_TRUE(result.not_done.empty());
}

TEST(wait, for_the_first_gives_the_done_and_the_others_in_order) {
  four f;
  f.promises[2].set_value(1);
  const auto result = par::wait(f.futures, return_when::first_completed);
  ASSERT_EQ(result.done.size(), 1U);
  EXPECT_EQ(result.done[0], &f.futures[2]);
  EXPECT_EQ(result.not_done, (std::vector{&f.futures[0], &f.futures[1], &f.futures[3]}));
}

TEST(wait, for_the_first_exception_passes_values_and_cancelled_ones_by) {
  four f;
  f.promises[0].set_value(1);
  f.futures[1].cancel();
  EXPECT_EQ(par::wait_for(f.futures, return_when::first_exception, 1ms).done.size(), 2U);
  par::thread setter("setter", [&] { f.fail(3); });
  const auto result = par::wait(f.futures, return_when::first_exception);
  EXPECT_EQ(result.done, (std::vector{&f.futures[0], &f.futures[1], &f.futures[3]}));
}

TEST(wait, for_the_first_exception_ends_when_all_are_done) {
  four f;
  for (auto& each : f.promises) each.set_value(1);
  EXPECT_EQ(par::wait(f.futures, return_when::first_exception).done.size(), 4U);
}

TEST(wait, gives_up_when_the_time_is_up_or_a_stop_is_requested) {
  four f;
  f.promises[1].set_value(1);
  EXPECT_EQ(par::wait_for(f.futures, return_when::all_completed, 1ms).done.size(), 1U);
  EXPECT_EQ(par::wait_until(f.futures, return_when::all_completed, std::chrono::system_clock::now())
                .done.size(),
            1U);
  std::stop_source stop;
  par::thread stopper("stopper", [&] { stop.request_stop(); });
  EXPECT_EQ(par::wait(f.futures, return_when::all_completed, stop.get_token()).done.size(), 1U);
}

TEST(wait, for_none_returns_at_once) {
  std::vector<par::future<int>> none;
  EXPECT_TRUE(par::wait(none).done.empty());
}

TEST(as_completed, gives_them_in_the_order_in_which_they_end) {
  four f;
  f.promises[3].set_value(3);
  f.promises[1].set_value(1);
  std::latch go(1);
  par::thread setter("setter", [&] {
    go.wait();
    f.promises[2].set_value(2);
    f.promises[0].set_value(0);
  });
  std::vector<int> order;
  for (auto& each : par::as_completed(std::move(f.futures))) {
    order.push_back(each.get());
    if (order.size() == 2) go.count_down();
  }
  EXPECT_EQ(order, (std::vector{1, 3, 2, 0}));  // Those done before come in the order given.
}

TEST(as_completed, says_how_many_are_unfinished) {
  four f;
  f.promises[0].set_value(0);
  f.promises[1].set_value(1);
  int seen = 0;
  std::string message;
  try {
    for (auto& each : par::as_completed(std::move(f.futures), 5ms)) seen += 1 + each.get();
  } catch (const par::futures_unfinished& error) {
    message = error.what();
  }
  EXPECT_EQ(seen, 3);
  EXPECT_EQ(message, "2 (of 4) futures unfinished");
}

TEST(as_completed, ends_when_a_stop_is_requested) {
  four f;
  f.promises[0].set_value(0);
  std::stop_source stop;
  int seen = 0;
  for (auto& each : par::as_completed(std::move(f.futures), stop.get_token())) {
    seen += 1 + each.get();
    stop.request_stop();
  }
  EXPECT_EQ(seen, 1);
}

TEST(as_completed, gives_one_that_is_there_twice_once_and_drops_it) {
  par::promise<std::shared_ptr<int>> p, q;
  auto value = std::make_shared<int>(1);
  const std::weak_ptr<int> alive = value;
  std::vector<par::shared_future<std::shared_ptr<int>>> futures;
  futures.emplace_back(p.get_future());
  futures.push_back(futures[0]);
  futures.emplace_back(q.get_future());
  p.set_value(std::move(value));
  par::promise<std::shared_ptr<int>>(std::move(p));  // The promise's own reference goes.
  int seen = 0;
  for (auto& each : par::as_completed(std::move(futures))) {
    EXPECT_EQ(alive.expired(), seen == 1);
    if (seen++ == 0) q.set_value(nullptr);
    static_cast<void>(each.get());
  }
  EXPECT_EQ(seen, 2);
}

TEST(as_completed, may_be_left_early_while_futures_end) {
  par::thread_pool pool(2);
  for (int round = 0; round < 300; ++round) {
    std::vector<par::future<int>> futures;
    for (int i = 0; i < 4; ++i) futures.push_back(pool.submit([i] { return i; }));
    for (auto& each : par::as_completed(std::move(futures))) {
      static_cast<void>(each.get());
      break;
    }
  }
}

using waits = over_executors;
OVER_EXECUTORS(waits);

// On one thread nobody else can run them.
TEST_P(waits, inside_a_task_run_what_has_not_begun) {
  const auto sum = par::submit(*on, [this] {
                     std::vector<par::future<int>> futures;
                     for (int i = 1; i <= 4; ++i)
                       futures.push_back(par::submit(*on, [i] { return i; }));
                     const auto result = par::wait(futures);
                     EXPECT_EQ(result.done.size(), 4U);
                     int total = 0;
                     for (auto& each : par::as_completed(std::move(futures))) total += each.get();
                     return total;
                   }).get();
  EXPECT_EQ(sum, 10);
}

}  // namespace
