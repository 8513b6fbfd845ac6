// What goes into a generator: sent values, exceptions, the order to end. As in Python.
#include <gtest/gtest.h>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "par/iterators/generator.h"

namespace {

using par::generator;
using par::generator_exit;
using par::stop_iteration;

struct ended_by {
  explicit ended_by(int n) : number(n) {}
  int number;
};

// Yields the sum of what it was sent; returns how often it was sent nothing.
generator<int, int, int> sum() {
  int total = 0, empty = 0;
  while (empty < 2) {
    const std::optional<int> sent = co_yield total;
    if (sent)
      total += *sent;
    else
      ++empty;
  }
  co_return empty;
}

TEST(generator_send, gives_the_value_to_the_yield_where_it_waits) {
  auto totals = sum();
  EXPECT_EQ(totals.next(), 0);
  EXPECT_EQ(totals.send(5), 5);
  EXPECT_EQ(totals.send(7), 12);
  EXPECT_EQ(totals.next(), 12);
  EXPECT_EQ(totals.send(1), 13);
}

TEST(generator_send, before_the_first_yield_is_an_error_and_changes_nothing) {
  auto totals = sum();
  EXPECT_THROW(totals.send(5), std::logic_error);
  EXPECT_EQ(totals.next(), 0);
  EXPECT_EQ(totals.send(5), 5);
}

TEST(generator_send, a_loop_sends_nothing) {
  auto totals = sum();
  int count = 0;
  for (const int total : totals) {
    EXPECT_EQ(total, 0);
    ++count;
  }
  EXPECT_EQ(count, 2);
  EXPECT_EQ(totals.result(), 2);
}

TEST(generator_send, that_ends_it_throws_stop_iteration) {
  const auto once = []() -> generator<int, int, int> {
    const std::optional<int> sent = co_yield 0;
    co_return sent.value_or(-1);
  };
  auto items = once();
  items.next();
  try {
    items.send(42);
    ADD_FAILURE();
  } catch (const stop_iteration& end) {
    ASSERT_NE(end.value<int>(), nullptr);
    EXPECT_EQ(*end.value<int>(), 42);
  }
  EXPECT_THROW(items.send(1), stop_iteration);
}

// As in generator.h.
generator<double, double, std::string> average() {
  double sum = 0, mean = 0;
  int count = 0;
  while (const std::optional<double> x = co_yield mean) mean = (sum += *x) / ++count;
  co_return std::to_string(count) + " values";
}

TEST(generator_send, the_average_of_what_is_sent) {
  auto mean = average();
  EXPECT_EQ(mean.next(), 0);
  EXPECT_EQ(mean.send(10), 10);
  EXPECT_EQ(mean.send(20), 15);
  EXPECT_THROW(mean.next(), stop_iteration);
  EXPECT_EQ(mean.result(), "2 values");
}

TEST(generator_send, moves_what_can_only_be_moved) {
  const auto body = []() -> generator<int, std::unique_ptr<int>> {
    int last = 0;
    for (;;) {
      const std::optional<std::unique_ptr<int>> sent = co_yield last;
      last = sent ? **sent : -1;
    }
  };
  auto items = body();
  EXPECT_EQ(items.next(), 0);
  EXPECT_EQ(items.send(std::make_unique<int>(3)), 3);
  EXPECT_EQ(items.next(), -1);
}

// Yields 1, 2, ...; on an ended_by n it yields n and goes on, or returns if n is 0.
generator<int, void, std::string> resilient() {
  for (int i = 1;; ++i) {
    std::optional<int> caught;
    try {
      co_yield i;
    } catch (const ended_by& e) {
      caught = e.number;
    }
    if (caught == 0) co_return "caught";
    if (caught) co_yield *caught;
  }
}

TEST(generator_throw_in, throws_where_it_waits) {
  auto items = resilient();
  EXPECT_EQ(items.next(), 1);
  EXPECT_EQ(items.throw_in(ended_by(40)), 40);
  EXPECT_EQ(items.next(), 2);
  try {
    items.throw_in(ended_by(0));
    ADD_FAILURE();
  } catch (const stop_iteration& end) {
    EXPECT_EQ(*end.value<std::string>(), "caught");
  }
}

TEST(generator_throw_in, what_is_not_caught_comes_out_and_ends_it) {
  auto items = resilient();
  EXPECT_EQ(items.next(), 1);
  EXPECT_THROW(items.throw_in(std::runtime_error("other")), std::runtime_error);
  EXPECT_TRUE(items.done());
  EXPECT_THROW(items.next(), stop_iteration);
  EXPECT_THROW(static_cast<void>(items.result()), std::logic_error);
}

TEST(generator_throw_in, before_its_start_ends_it_without_running_it) {
  bool ran = false;
  const auto body = [](bool& flag) -> generator<int> {
    flag = true;
    co_yield 1;
  };
  auto items = body(ran);
  EXPECT_THROW(items.throw_in(ended_by(1)), ended_by);
  EXPECT_TRUE(items.done());
  EXPECT_THROW(items.next(), stop_iteration);
  EXPECT_FALSE(ran);
}

TEST(generator_throw_in, after_its_end_comes_out_again) {
  auto items = resilient();
  items.next();
  EXPECT_THROW(items.throw_in(ended_by(0)), stop_iteration);
  EXPECT_THROW(items.throw_in(ended_by(7)), ended_by);
}

TEST(generator_throw_in, may_change_into_another_exception) {
  const auto body = []() -> generator<int> {
    try {
      co_yield 1;
    } catch (const ended_by&) {
      throw std::out_of_range("changed");
    }
  };
  auto items = body();
  items.next();
  EXPECT_THROW(items.throw_in(ended_by(1)), std::out_of_range);
}

struct on_exit {
  std::vector<std::string>& log;
  std::string what;
  on_exit(std::vector<std::string>& to, std::string said) : log(to), what(std::move(said)) {}
  on_exit(const on_exit&) = delete;
  on_exit& operator=(const on_exit&) = delete;
  ~on_exit() { log.push_back(what); }
};

generator<int> logging(std::vector<std::string>& log) {
  const on_exit outer(log, "outer");
  for (int i = 0;; ++i) {
    const on_exit inner(log, "inner");
    co_yield i;
  }
}

TEST(generator_close, runs_destructors) {
  std::vector<std::string> log;
  auto items = logging(log);
  items.next();
  items.close();
  EXPECT_EQ(log, (std::vector<std::string>{"inner", "outer"}));
  EXPECT_TRUE(items.done());
  EXPECT_THROW(items.next(), stop_iteration);
  items.close();
}

TEST(generator_close, to_drop_it_runs_destructors_too) {
  std::vector<std::string> log;
  {
    auto items = logging(log);
    items.next();
  }
  EXPECT_EQ(log, (std::vector<std::string>{"inner", "outer"}));
}

TEST(generator_close, before_its_start_runs_nothing) {
  std::vector<std::string> log;
  auto items = logging(log);
  items.close();
  EXPECT_TRUE(log.empty());
  EXPECT_TRUE(items.done());
}

TEST(generator_close, throws_generator_exit_into_the_body) {
  const auto body = [](bool& seen) -> generator<int> {
    try {
      co_yield 1;
    } catch (const std::exception&) {
      ADD_FAILURE() << "is no error";
    } catch (const generator_exit&) {
      seen = true;
      throw;
    }
  };
  bool seen = false;
  auto items = body(seen);
  items.next();
  items.close();
  EXPECT_TRUE(seen);
}

TEST(generator_close, may_be_answered_by_returning) {
  const auto body = []() -> generator<int, void, int> {
    bool closed = false;
    try {
      co_yield 1;
    } catch (const generator_exit&) {
      closed = true;
    }
    co_return closed ? 2 : 3;
  };
  auto items = body();
  items.next();
  items.close();
  EXPECT_EQ(items.result(), 2);
}

TEST(generator_close, to_yield_once_more_is_an_error) {
  const auto stubborn = []() -> generator<int> {
    bool closed = false;
    try {
      co_yield 1;
    } catch (const generator_exit&) {
      closed = true;
    }
    if (closed) co_yield 2;
    co_yield 3;
  };
  auto items = stubborn();
  items.next();
  EXPECT_THROW(items.close(), std::logic_error);
  EXPECT_EQ(items.next(), 3);
  items.close();
  EXPECT_TRUE(items.done());
}

TEST(generator_close, passes_on_what_the_body_throws) {
  const auto body = []() -> generator<int> {
    try {
      co_yield 1;
    } catch (const generator_exit&) {
      throw ended_by(9);
    }
  };
  auto items = body();
  items.next();
  EXPECT_THROW(items.close(), ended_by);
  EXPECT_TRUE(items.done());
}

}  // namespace
