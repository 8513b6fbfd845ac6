#include "par/coroutines/gather.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "par/coroutines/this_task.h"

namespace {

using namespace std::chrono_literals;
using seconds = std::chrono::seconds;
using time_point = par::virtual_clock::time_point;

par::task<int> give_after(seconds span, int value) {
  co_await par::this_task::sleep_for(span);
  co_return value;
}

par::task<int> fail_after(seconds span, std::string with) {
  co_await par::this_task::sleep_for(span);
  throw std::runtime_error(with);
}

par::task<std::unique_ptr<int>> give_owned() {
  co_return std::make_unique<int>(3);
}

par::task<> mark_after(seconds span, bool& done) {
  co_await par::this_task::sleep_for(span);
  done = true;
}

// Runs the body by a clock of its own, and says how long it took.
template <class T>
std::pair<T, seconds> timed(par::task<T> body) {
  par::virtual_clock clock;
  T result = par::scheduler(clock).run(std::move(body));
  return {std::move(result), std::chrono::duration_cast<seconds>(clock.now().time_since_epoch())};
}

std::vector<par::task<int>> in_reverse(int count) {
  std::vector<par::task<int>> tasks;
  for (int i = 0; i < count; ++i) tasks.push_back(give_after(seconds(count - i), i));
  return tasks;
}

TEST(gather, gives_results_in_order_whatever_is_ready_first) {
  for (const int count : {0, 1, 5, 1'000}) {
    SCOPED_TRACE(count);
    const auto [results, span] = timed(par::gather(in_reverse(count)));
    ASSERT_EQ(results.size(), static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) EXPECT_EQ(results[static_cast<std::size_t>(i)], i);
    EXPECT_EQ(span, seconds(count));  // At once, not one after the other.
  }
}

TEST(gather, gives_a_tuple_of_different_types) {
  bool done = false;
  auto [results, span] = timed(par::gather(give_after(2s, 7), give_owned(), mark_after(3s, done)));
  EXPECT_EQ(std::get<0>(results), 7);
  EXPECT_EQ(*std::get<1>(results), 3);
  EXPECT_TRUE(done);
  EXPECT_EQ(span, 3s);
}

par::task<int> gather_nothing_of_value(int count, bool& done) {
  std::vector<par::task<>> tasks;
  for (int i = 0; i <= count; ++i) tasks.push_back(mark_after(seconds(i), done));
  co_await par::gather(std::move(tasks));
  co_return 0;
}

TEST(gather, waits_for_tasks_without_a_value) {
  bool done = false;
  EXPECT_EQ(timed(gather_nothing_of_value(4, done)).second, 4s);
  EXPECT_TRUE(done);
}

struct error_case {
  const char* name;
  par::task<int> (*second)();
  std::string what;
  seconds at;
};

const error_case errors[] = {
    {"one", [] { return fail_after(2s, "one"); }, "one", 2s},
    {"at once", [] { return fail_after(0s, "at once"); }, "at once", 0s},
    {"last", [] { return fail_after(9s, "last"); }, "last", 9s},
};

par::task<std::string> error_of(par::task<int> second, bool& third_ended) {
  try {
    co_await par::gather(give_after(1s, 1), std::move(second), mark_after(8s, third_ended));
  } catch (const std::runtime_error& e) {
    co_return e.what();
  }
  co_return "none";
}

TEST(gather, throws_an_error_and_cancels_the_others) {
  for (const error_case& each : errors) {
    SCOPED_TRACE(each.name);
    bool third_ended = false;
    const auto [what, span] = timed(error_of(each.second(), third_ended));
    EXPECT_EQ(what, each.what);
    EXPECT_EQ(span, each.at);
    EXPECT_EQ(third_ended, each.at > 8s);
  }
}

par::task<std::string> first_of_two_errors() {
  try {
    co_await par::gather(fail_after(2s, "later"), fail_after(1s, "first"));
  } catch (const std::runtime_error& e) {
    co_return e.what();
  }
  co_return "none";
}

TEST(gather, throws_the_error_that_came_first) {
  EXPECT_EQ(timed(first_of_two_errors()).first, "first");
}

// Refers to what its caller has, and takes its time to end.
par::task<> end_slowly(std::vector<int>& callers) {
  try {
    co_await par::this_task::sleep_for(1h);
  } catch (const par::task_cancelled&) {  // Goes on below.
  }
  co_await par::this_task::sleep_for(5s);
  callers.push_back(1);
}

par::task<int> gather_slow_one(seconds fails_after) {
  std::vector<int> mine;
  try {
    co_await par::gather(end_slowly(mine), fail_after(fails_after, "x"));
  } catch (const std::runtime_error&) {
    co_return static_cast<int>(mine.size());
  }
  co_return -1;
}

TEST(gather, comes_back_when_all_have_ended_even_after_an_error) {
  const auto [notes, span] = timed(gather_slow_one(2s));
  EXPECT_EQ(notes, 1);
  EXPECT_EQ(span, 7s);
}

par::task<int> cancel_after(seconds span, par::spawned<int> other) {
  co_await par::this_task::sleep_for(span);
  other.cancel();
  co_await par::this_task::sleep_for(1s);
  other.cancel();  // Again, while the members end.
  co_await other.join();
  co_return other.cancelled() ? 1 : 0;
}

TEST(gather, cancelled_waits_for_its_members_too) {
  par::virtual_clock clock;
  par::scheduler turns(clock);
  auto gathering = turns.spawn(gather_slow_one(100s));
  EXPECT_EQ(turns.run(cancel_after(2s, std::move(gathering))), 1);
  EXPECT_EQ(clock.now(), time_point(7s));
}

par::task<int> nested(int depth) {
  if (depth == 0) co_return co_await give_after(1s, 1);
  const auto [a, b] = co_await par::gather(nested(depth - 1), nested(depth - 1));
  co_return a + b;
}

TEST(gather, nests) {
  const auto [sum, span] = timed(nested(10));
  EXPECT_EQ(sum, 1024);
  EXPECT_EQ(span, 1s);
}

// A task that is dropped in the middle of a gather leaves nothing behind that refers to it.
par::task<> gather_for_ever(bool& done) {
  co_await par::gather(mark_after(3600s, done), mark_after(3600s, done));
}

par::task<> fail_soon() {
  co_await par::this_task::sleep_for(1s);
  throw std::runtime_error("x");
}

TEST(gather, may_be_destroyed_with_its_scheduler) {
  bool done = false;
  par::task_handle gathering;
  {
    par::virtual_clock clock;
    par::scheduler turns(clock);
    gathering = turns.spawn(gather_for_ever(done));
    EXPECT_THROW(turns.run(fail_soon()), std::runtime_error);
    gathering = turns.spawn(gather_for_ever(done));
  }
  EXPECT_TRUE(gathering.cancelled());
  EXPECT_FALSE(done);
}

}  // namespace
