#include "par/coroutines/task.h"

#include <gtest/gtest.h>

#include <coroutine>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "par/coroutines/scheduler.h"

namespace {

// A coroutine of another kind, which begins at once, and that nobody waits for.
struct stranger {
  struct promise_type {
    stranger get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> frame;
};

par::task<int> give(int value) {
  co_return value;
}

par::task<int> fail() {
  throw std::out_of_range("x");
  co_return 0;
}

template <class T>
T run(par::task<T> body) {
  return par::scheduler().run(std::move(body));
}

// Writes down when its scope ends.
class witness {
 public:
  witness(std::vector<int>& ends, int name) : ends_(&ends), name_(name) {}
  witness(witness&& other) noexcept
      : ends_(std::exchange(other.ends_, nullptr)), name_(other.name_) {}
  witness& operator=(witness&&) = delete;
  ~witness() {
    if (ends_ != nullptr) ends_->push_back(name_);
  }

 private:
  std::vector<int>* ends_;
  int name_;
};

par::task<std::unique_ptr<int>> give_owned() {
  co_return std::make_unique<int>(5);
}
par::task<int&> give_reference(int& to) {
  co_return to;
}
par::task<std::string> give_converted() {
  co_return "text";
}

TEST(task, gives_values_of_every_kind) {
  int here = 1;
  EXPECT_EQ(run(give(3)), 3);
  EXPECT_EQ(*run(give_owned()), 5);
  EXPECT_EQ(&run(give_reference(here)), &here);
  EXPECT_EQ(run(give_converted()), "text");
}

par::task<> mark(bool& begun) {
  begun = true;
  co_return;
}

TEST(task, does_nothing_before_it_is_awaited) {
  bool begun = false;
  par::task<> body = mark(begun);
  EXPECT_FALSE(begun);
  run(std::move(body));
  EXPECT_TRUE(begun);
}

par::task<std::string> catch_failure() {
  try {
    static_cast<void>(co_await fail());
  } catch (const std::out_of_range& e) {
    co_return e.what();
  }
  co_return "not thrown";
}

TEST(task, throws_what_its_body_threw) {
  EXPECT_EQ(run(catch_failure()), "x");
  EXPECT_THROW(run(fail()), std::out_of_range);
}

par::task<int> await_twice() {
  par::task<int> once = give(1);
  const int value = co_await std::move(once);
  EXPECT_FALSE(once.valid());
  EXPECT_THROW(co_await std::move(once), std::logic_error);
  EXPECT_THROW(co_await par::task<int>(), std::logic_error);
  co_return value;
}

TEST(task, is_empty_once_awaited) {
  EXPECT_EQ(run(await_twice()), 1);
}

TEST(task, moving_leaves_one_owner) {
  std::vector<int> ends;
  const auto hold = [](witness) -> par::task<> { co_return; };
  par::task<> a = hold(witness(ends, 1));
  par::task<> b = std::move(a);
  EXPECT_FALSE(a.valid());  // NOLINT(bugprone-use-after-move)
  EXPECT_TRUE(ends.empty());
  b = hold(witness(ends, 2));
  EXPECT_EQ(ends, (std::vector{1}));
  b = {};
  EXPECT_EQ(ends, (std::vector{1, 2}));
}

par::task<> hold_while_awaited(witness, std::vector<int>& ends) {
  ends.push_back(0);
  co_return;
}

par::task<> await_and_note(std::vector<int>& ends) {
  witness one(ends, 1);
  co_await hold_while_awaited(std::move(one), ends);
  ends.push_back(2);
}

TEST(task, lets_go_of_its_parameters_when_it_has_been_awaited) {
  std::vector<int> ends;
  run(await_and_note(ends));
  EXPECT_EQ(ends, (std::vector{0, 1, 2}));
}

par::task<long> add_up(int times) {
  long sum = 0;
  for (int i = 0; i < times; ++i) sum += co_await give(i);
  co_return sum;
}

TEST(task, a_million_that_end_at_once_take_no_stack) {
  EXPECT_EQ(run(add_up(1'000'000)), 499'999'500'000L);
}

constexpr int deep = 100'000;

par::task<int> count_down(int from) {
  if (from == 0) co_return 0;
  co_return 1 + co_await count_down(from - 1);
}

TEST(task, a_deep_chain_takes_no_stack) {
  EXPECT_EQ(run(count_down(deep)), deep);
}

par::task<> throw_from(int depth) {
  if (depth == 0) throw std::runtime_error("from below");
  co_await throw_from(depth - 1);
}

TEST(task, an_exception_travels_through_a_deep_chain) {
  EXPECT_THROW(run(throw_from(10'000)), std::runtime_error);
}

// Stays where it is.
struct never : par::detail::awaited_in_tasks, std::suspend_always {};

par::task<> stop_below(int depth, std::vector<int>& ends) {
  const witness here(ends, depth);
  if (depth > 0) {
    co_await stop_below(depth - 1, ends);
  } else {
    co_await never();
  }
}

stranger await_from_outside(par::task<>& body) {
  co_await std::move(body);
}

TEST(task, a_deep_unfinished_chain_ends_from_within_and_takes_no_stack) {
  std::vector<int> ends;
  {
    par::task<> body = stop_below(deep, ends);
    const stranger outside = await_from_outside(body);
    EXPECT_TRUE(ends.empty());
    outside.frame.destroy();
    EXPECT_TRUE(ends.empty());
  }
  ASSERT_EQ(ends.size(), deep + 1U);
  for (int i = 0; i <= deep; ++i) ASSERT_EQ(ends[static_cast<std::size_t>(i)], i);
}

stranger keep(int& into) {
  into = co_await give(1);
  into += co_await count_down(10);
}

TEST(task, can_be_awaited_by_another_kind_of_coroutine) {
  int got = 0;
  const stranger outside = keep(got);
  EXPECT_TRUE(outside.frame.done());
  EXPECT_EQ(got, 11);
  outside.frame.destroy();
}

stranger keep_sum(int times, long& sum) {
  for (int i = 0; i < times; ++i) sum += co_await give(i);
}

TEST(task, a_million_awaited_by_another_kind_of_coroutine_take_no_stack) {
  long sum = 0;
  keep_sum(1'000'000, sum).frame.destroy();
  EXPECT_EQ(sum, 499'999'500'000L);
}

// A stranger that begins in the middle of a task must not disturb it.
par::task<int> use_a_stranger() {
  int got = 0;
  const stranger inside = keep(got);
  inside.frame.destroy();
  co_return got + co_await give(100);
}

TEST(task, may_start_another_kind_of_coroutine_that_awaits_tasks) {
  EXPECT_EQ(run(use_a_stranger()), 111);
}

}  // namespace
