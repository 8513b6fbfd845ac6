#include "par/pools/promise.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "par/pools/thread.h"

namespace {

using namespace std::chrono_literals;

template <class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const par::invalid_state& error) {
    return error.what();
  }
  return "nothing thrown";
}

TEST(promise, gives_its_future_a_value) {
  par::promise<std::unique_ptr<int>> p;
  auto f = p.get_future();
  EXPECT_FALSE(f.done());
  p.set_value(std::make_unique<int>(7));
  EXPECT_TRUE(f.done());
  EXPECT_EQ(*f.get(), 7);
  EXPECT_FALSE(f.valid());
}

TEST(promise, gives_nothing_or_a_reference_too) {
  par::promise<void> nothing;
  auto f = nothing.get_future();
  nothing.set_value();
  f.get();

  int value = 1;
  par::promise<int&> reference;
  auto g = reference.get_future();
  reference.set_value(value);
  EXPECT_EQ(&g.get(), &value);
}

TEST(promise, of_an_exception_pointer_tells_value_from_error) {
  par::promise<std::exception_ptr> p;
  auto f = p.get_future();
  p.set_value(std::make_exception_ptr(std::runtime_error("a value")));
  EXPECT_EQ(f.exception(), nullptr);
  EXPECT_NE(f.get(), nullptr);
}

TEST(promise, gives_its_future_an_exception) {
  par::promise<int> p;
  auto f = p.get_future();
  p.set_exception(std::make_exception_ptr(std::out_of_range("x")));
  EXPECT_NE(f.exception(), nullptr);
  EXPECT_THROW(f.get(), std::out_of_range);
}

TEST(promise, wakes_the_thread_that_waits) {
  par::promise<int> p;
  auto f = p.get_future();
  par::thread setter("setter", [&] { p.set_value(3); });
  EXPECT_EQ(f.get(), 3);
}

TEST(promise, broken_says_so) {
  par::future<int> f;
  {
    par::promise<int> p;
    f = p.get_future();
  }
  EXPECT_THROW(f.get(), std::future_error);
}

TEST(promise, gives_one_future_only) {
  par::promise<int> p;
  auto f = p.get_future();
  EXPECT_THROW(static_cast<void>(p.get_future()), std::future_error);
  par::promise<int> moved(std::move(p));
  EXPECT_THROW(p.set_value(1), std::future_error);  // NOLINT(bugprone-use-after-move)
  EXPECT_THROW(static_cast<void>(moved.get_future()), std::future_error);
}

TEST(promise, second_result_names_the_state) {
  par::promise<int> p;
  auto f = p.get_future();
  p.set_value(1);
  EXPECT_EQ(message_of([&] { p.set_value(2); }), "the future is already finished");
  EXPECT_EQ(message_of([&] { p.set_exception(nullptr); }), "the future is already finished");
  EXPECT_EQ(message_of([&] { p.start(); }), "the future is already finished");
  EXPECT_EQ(f.get(), 1);
}

TEST(promise, result_after_cancelling_names_the_state) {
  par::promise<int> p;
  auto f = p.get_future();
  EXPECT_TRUE(f.cancel());
  EXPECT_FALSE(p.start());
  EXPECT_EQ(message_of([&] { p.set_value(2); }), "the future is already cancelled");
  EXPECT_THROW(f.get(), par::future_cancelled);
}

TEST(promise, once_started_cannot_be_cancelled) {
  par::promise<int> p;
  auto f = p.get_future();
  EXPECT_FALSE(f.running());
  EXPECT_TRUE(p.start());
  EXPECT_TRUE(f.running());
  EXPECT_EQ(message_of([&] { p.start(); }), "the future is already running");
  EXPECT_FALSE(f.cancel());
  p.set_value(1);
  EXPECT_FALSE(f.running());
  EXPECT_EQ(f.get(), 1);
}

struct throws_when_made {
  explicit throws_when_made(int) { throw std::domain_error("cannot be made"); }
};

TEST(promise, value_that_cannot_be_made_is_an_exception) {
  par::promise<throws_when_made> p;
  auto f = p.get_future();
  p.set_value(1);
  EXPECT_THROW(f.get(), std::domain_error);
}

TEST(promise, exactly_one_of_two_threads_sets_the_result) {
  for (int round = 0; round < 200; ++round) {
    par::promise<int> p;
    auto f = p.get_future();
    int refused[2] = {0, 0};
    {
      par::thread first("first", [&] { refused[0] = message_of([&] { p.set_value(0); })[0]; });
      par::thread second("second", [&] { refused[1] = message_of([&] { p.set_value(1); })[0]; });
    }
    EXPECT_EQ(refused[f.get()], 'n');               // "nothing thrown" for the winner,
    EXPECT_EQ(refused[0] + refused[1], 'n' + 't');  // "the future is ..." for the other.
  }
}

}  // namespace
