// Delegation: co_yield elements_of(x), Python's yield from.
#include "par/iterators/elements_of.h"

#include <gtest/gtest.h>

#include <list>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "collected.h"
#include "par/iterators/generator.h"
#include "small_stack.h"

namespace {

using par::elements_of;
using par::generator;
using par::stop_iteration;

generator<int> from_to(int first, int last) {
  for (int i = first; i <= last; ++i) co_yield i;
}

TEST(elements_of, come_where_it_stands) {
  const auto body = []() -> generator<int> {
    co_yield 0;
    co_yield elements_of(from_to(1, 3));
    co_yield elements_of(from_to(1, 0));
    co_yield 4;
  };
  EXPECT_EQ(collected(body()), (std::vector{0, 1, 2, 3, 4}));
}

TEST(elements_of, may_be_those_of_any_range) {
  const auto ints = []() -> generator<int> {
    const std::vector<int> some = {1, 2};
    std::list<short> others = {3, 4};
    co_yield elements_of(some);
    co_yield elements_of(others);
    co_yield elements_of(std::views::iota(5, 7));
    co_yield elements_of(std::vector<int>(2, 7));
  };
  EXPECT_EQ(collected(ints()), (std::vector{1, 2, 3, 4, 5, 6, 7, 7}));
  const auto words = []() -> generator<std::string> {
    const std::vector<const char*> some = {"a", "word too long to be kept inside"};
    co_yield elements_of(some);
  };
  EXPECT_EQ(collected(words()), (std::vector<std::string>{"a", "word too long to be kept inside"}));
  const auto references = [](std::vector<int>& all) -> generator<int&> {
    co_yield elements_of(all);
  };
  std::vector<int> numbers = {1, 2};
  for (int& i : references(numbers)) ++i;
  EXPECT_EQ(numbers, (std::vector{2, 3}));
}

TEST(elements_of, a_generator_of_another_type_counts_as_a_range) {
  const auto body = []() -> generator<long, int> { co_yield elements_of(from_to(1, 3)); };
  EXPECT_EQ(collected(body()), (std::vector<long>{1, 2, 3}));
}

TEST(elements_of, its_value_is_what_was_returned) {
  const auto inner = [](std::string text) -> generator<int, void, std::string> {
    co_yield 1;
    co_return text + " to the heap, since it is so long a text";
  };
  using inner_type = decltype(inner(""));
  const auto outer = [](inner_type kept,
                        inner_type temporary) -> generator<int, void, std::string> {
    const std::string first = co_yield elements_of(kept);
    const std::string second = co_yield elements_of(std::move(temporary));
    EXPECT_EQ(kept.result(), first);
    co_return first + second;
  };
  auto items = outer(inner("one"), inner("two"));
  EXPECT_EQ(collected(items), (std::vector{1, 1}));
  EXPECT_EQ(
      items.result(),
      "one to the heap, since it is so long a texttwo to the heap, since it is so long a text");
}

TEST(elements_of, a_value_that_can_only_be_moved_is_moved) {
  const auto inner = []() -> generator<int, void, std::unique_ptr<int>> {
    co_yield 1;
    co_return std::make_unique<int>(2);
  };
  const auto outer = [](decltype(inner()) items) -> generator<int, void, std::unique_ptr<int>> {
    std::unique_ptr<int> got = co_yield elements_of(std::move(items));
    co_return std::move(got);
  };
  auto items = outer(inner());
  EXPECT_EQ(collected(items), std::vector{1});
  EXPECT_EQ(*items.result(), 2);
}

TEST(elements_of, a_generator_that_was_begun_goes_on) {
  auto items = from_to(1, 4);
  EXPECT_EQ(items.next(), 1);
  const auto outer = [](generator<int>& rest) -> generator<int> { co_yield elements_of(rest); };
  auto more = outer(items);
  EXPECT_EQ(more.next(), 2);
  EXPECT_EQ(collected(more), (std::vector{3, 4}));
  EXPECT_TRUE(items.done());
}

// 0, then all below n, then n again, each from a chain that was begun on its own.
generator<int> begun_within(int n) {
  if (n > 0) {
    auto inner = begun_within(n - 1);
    co_yield inner.next();
    co_yield elements_of(inner);
  }
  co_yield n;
}

TEST(elements_of, whole_chains_that_were_begun_go_on) {
  EXPECT_EQ(collected(begun_within(5)), (std::vector{0, 1, 2, 3, 4, 5}));
}

TEST(elements_of, one_that_has_ended_gives_nothing_but_its_result) {
  const auto returning = []() -> generator<int, void, int> {
    co_yield 1;
    co_return 7;
  };
  const auto outer = [](generator<int, void, int> inner) -> generator<int, void, int> {
    for (const int i : inner) EXPECT_EQ(i, 1);
    co_return co_yield elements_of(inner);
  };
  auto items = outer(returning());
  EXPECT_EQ(collected(items), std::vector<int>());
  EXPECT_EQ(items.result(), 7);
  EXPECT_THROW(collected(outer(generator<int, void, int>())), std::logic_error);
}

// Yields what it was sent, 0 for nothing; returns the sum after a negative value.
generator<int, int, int> echo() {
  int sum = 0, last = 0;
  while (last >= 0) {
    const std::optional<int> sent = co_yield last;
    last = sent.value_or(0);
    sum += last;
  }
  co_return sum;
}

TEST(elements_of, pass_on_what_is_sent) {
  const auto outer = []() -> generator<int, int, int> {
    auto inner = echo();
    const int sum = co_yield elements_of(inner);
    const std::optional<int> sent = co_yield 100;
    co_return sum* sent.value_or(0);
  };
  auto items = outer();
  EXPECT_EQ(items.next(), 0);
  EXPECT_EQ(items.send(5), 5);
  EXPECT_EQ(items.send(6), 6);
  EXPECT_EQ(items.send(-1), 100);
  EXPECT_THROW(items.send(3), stop_iteration);
  EXPECT_EQ(items.result(), 30);
}

TEST(elements_of, a_range_can_be_sent_nothing) {
  const auto outer = [](bool& caught) -> generator<int, int> {
    const std::vector<int> numbers = {1, 2, 3};
    try {
      co_yield elements_of(numbers);
    } catch (const std::logic_error&) {
      caught = true;
    }
    co_yield 9;
  };
  bool caught = false;
  auto items = outer(caught);
  EXPECT_EQ(items.next(), 1);
  EXPECT_EQ(items.next(), 2);
  EXPECT_EQ(items.send(1), 9);
  EXPECT_TRUE(caught);
}

generator<int> fails(int n) {
  for (int i = 0; i < n; ++i) co_yield i;
  throw std::runtime_error("inner");
}

TEST(elements_of, an_exception_comes_out_where_it_stands) {
  const auto outer = []() -> generator<int> {
    bool caught = false;
    try {
      co_yield elements_of(fails(2));
    } catch (const std::runtime_error&) {
      caught = true;
    }
    co_yield caught ? 10 : 20;
    co_yield elements_of(fails(0));
  };
  auto items = outer();
  EXPECT_EQ(items.next(), 0);
  EXPECT_EQ(items.next(), 1);
  EXPECT_EQ(items.next(), 10);
  EXPECT_THROW(items.next(), std::runtime_error);
  EXPECT_TRUE(items.done());
}

TEST(elements_of, what_is_thrown_in_reaches_the_innermost) {
  const auto inner = []() -> generator<int> {
    bool caught = false;
    try {
      co_yield 1;
    } catch (const std::out_of_range&) {
      caught = true;
    }
    if (caught) co_yield 2;
    co_yield 3;
  };
  const auto outer = [](generator<int> items) -> generator<int> {
    bool caught = false;
    try {
      co_yield elements_of(items);
    } catch (const std::runtime_error&) {
      caught = true;
    }
    if (caught) co_yield 4;
  };
  auto items = outer(inner());
  EXPECT_EQ(items.next(), 1);
  EXPECT_EQ(items.throw_in(std::out_of_range("x")), 2);
  EXPECT_EQ(items.throw_in(std::runtime_error("y")), 4);
  EXPECT_THROW(items.next(), stop_iteration);
}

TEST(elements_of, delegated_one_is_not_resumed_by_others) {
  auto inner = from_to(1, 3);
  const auto outer = [](generator<int>& items) -> generator<int> { co_yield elements_of(items); };
  auto items = outer(inner);
  EXPECT_EQ(items.next(), 1);
  EXPECT_THROW(inner.next(), std::logic_error);
  EXPECT_THROW(inner.close(), std::logic_error);
  auto rival = outer(inner);
  EXPECT_THROW(rival.next(), std::logic_error);
  EXPECT_EQ(items.next(), 2);
}

TEST(elements_of, a_generator_does_not_delegate_to_itself) {
  generator<int> self;
  const auto body = [](generator<int>& me) -> generator<int> { co_yield elements_of(me); };
  self = body(self);
  EXPECT_THROW(self.next(), std::logic_error);
  generator<int> first;
  auto second = body(first);
  first = body(second);
  EXPECT_THROW(first.next(), std::logic_error);
}

TEST(elements_of, a_delegated_lvalue_may_be_moved) {
  auto inner = from_to(1, 3);
  const auto outer = [](generator<int>& items) -> generator<int> { co_yield elements_of(items); };
  auto moved_to = generator<int>();
  {
    auto items = outer(inner);
    EXPECT_EQ(items.next(), 1);
    moved_to = std::move(inner);
  }
  EXPECT_TRUE(moved_to.done());  // Closed with the one that was delegating to it.
}

// A random tree of generators and ranges beside the same walk with a list.
generator<int, int> tree(unsigned seed, int depth) {
  std::mt19937 random(seed);
  for (int i = 0; i < 4; ++i) {
    const unsigned choice = random() % 4;
    const unsigned below = random();
    if (choice == 0 || depth == 0) {
      co_yield static_cast<int>(below % 100);
    } else if (choice == 1) {
      const std::vector<int> numbers(below % 3, static_cast<int>(below % 100));
      co_yield elements_of(numbers);
    } else {
      auto inner = tree(below, depth - 1);
      if (choice == 3) {
        auto first = inner.begin();
        if (first != inner.end()) co_yield *first;
      }
      co_yield elements_of(inner);
    }
  }
}

void list_tree(unsigned seed, int depth, std::vector<int>& to) {
  std::mt19937 random(seed);
  for (int i = 0; i < 4; ++i) {
    const unsigned choice = random() % 4;
    const unsigned below = random();
    if (choice == 0 || depth == 0) {
      to.push_back(static_cast<int>(below % 100));
    } else if (choice == 1) {
      to.insert(to.end(), below % 3, static_cast<int>(below % 100));
    } else {
      list_tree(below, depth - 1, to);
    }
  }
}

TEST(elements_of, of_random_trees_are_those_of_a_plain_recursion) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::vector<int> want;
    list_tree(seed, 5, want);
    ASSERT_EQ(collected(tree(seed, 5)), want) << seed;
  }
}

constexpr int deep = 100'000;

generator<int, int, int> nest(int n) {
  if (n == 0) {
    const std::optional<int> sent = co_yield 0;
    co_return sent.value_or(0);
  }
  const int got = co_yield elements_of(nest(n - 1));
  co_yield n;
  co_return got + 1;
}

TEST(elements_of, nest_deeper_than_the_stack) {
  on_small_stack([] {
    auto items = nest(deep);
    EXPECT_EQ(items.next(), 0);
    EXPECT_EQ(items.send(7), 1);
    for (int i = 2; i <= deep; ++i) ASSERT_EQ(items.next(), i);
    EXPECT_THROW(items.next(), stop_iteration);
    EXPECT_EQ(items.result(), deep + 7);
  });
}

TEST(elements_of, an_exception_leaves_a_deep_nest) {
  on_small_stack([] {
    auto items = nest(deep);
    EXPECT_EQ(items.next(), 0);
    EXPECT_THROW(items.throw_in(std::out_of_range("deep")), std::out_of_range);
    EXPECT_TRUE(items.done());
  });
}

}  // namespace
