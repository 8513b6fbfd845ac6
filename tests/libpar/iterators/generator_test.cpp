// Generators as ranges of items, and what they return or throw.
#include "par/iterators/generator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <numeric>
#include <ranges>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "collected.h"

namespace {

using par::generator;
using par::stop_iteration;

generator<int> count_to(int n) {
  for (int i = 1; i <= n; ++i) co_yield i;
}

generator<int, void, std::string> count_and_tell(int n) {
  for (int i = 1; i <= n; ++i) co_yield i;
  co_return "done";
}

generator<int> fails_after(int n) {
  for (int i = 1; i <= n; ++i) co_yield i;
  throw std::runtime_error("no more");
}

static_assert(std::ranges::view<generator<int>>);
static_assert(std::ranges::input_range<generator<int>>);
static_assert(!std::ranges::forward_range<generator<int>>);
static_assert(std::ranges::input_range<generator<std::unique_ptr<int>, int, int>>);
static_assert(!std::is_copy_constructible_v<generator<int>>);
static_assert(std::is_nothrow_move_constructible_v<generator<int>>);
static_assert(std::is_same_v<std::ranges::range_reference_t<generator<int>>, int&&>);
static_assert(std::is_same_v<std::ranges::range_reference_t<generator<int&&>>, int&&>);
static_assert(std::is_same_v<std::ranges::range_reference_t<generator<int&>>, int&>);
static_assert(std::is_same_v<std::ranges::range_value_t<generator<const int&>>, int>);

TEST(generator, gives_what_it_yields) {
  EXPECT_EQ(collected(count_to(4)), (std::vector{1, 2, 3, 4}));
  EXPECT_EQ(collected(count_to(0)), std::vector<int>());
}

TEST(generator, runs_only_when_an_item_is_asked_for) {
  std::vector<std::string> log;
  const auto body = [](std::vector<std::string>& told) -> generator<int> {
    told.emplace_back("begun");
    co_yield 1;
    told.emplace_back("resumed");
    co_yield 2;
    told.emplace_back("over");
  };
  auto items = body(log);
  EXPECT_EQ(log, (std::vector<std::string>{}));
  auto at = items.begin();
  EXPECT_EQ(log, (std::vector<std::string>{"begun"}));
  EXPECT_EQ(*at, 1);
  EXPECT_EQ(*at, 1);
  ++at;
  EXPECT_EQ(log, (std::vector<std::string>{"begun", "resumed"}));
  ++at;
  EXPECT_EQ(log, (std::vector<std::string>{"begun", "resumed", "over"}));
  EXPECT_TRUE(at == items.end());
}

TEST(generator, a_second_loop_goes_on_where_the_first_was_left) {
  auto items = count_to(5);
  for (const int i : items) {
    if (i == 2) break;
  }
  EXPECT_EQ(collected(items), (std::vector{3, 4, 5}));
  EXPECT_EQ(collected(items), std::vector<int>());
}

TEST(generator, composes_with_the_views_of_std) {
  auto squares = count_to(100) | std::views::filter([](int i) { return i % 2 == 1; }) |
                 std::views::transform([](int i) { return i * i; }) | std::views::take(4);
  EXPECT_EQ(collected(std::move(squares)), (std::vector{1, 9, 25, 49}));
  auto items = count_to(10);
  EXPECT_EQ(*std::ranges::find(items, 7), 7);
  EXPECT_EQ(items.next(), 8);
  auto all = count_to(10) | std::views::common;
  EXPECT_EQ(std::accumulate(all.begin(), all.end(), 0), 55);
}

TEST(generator, next_and_loops_share_one_position) {
  auto items = count_to(6);
  EXPECT_EQ(items.next(), 1);
  auto at = items.begin();
  EXPECT_EQ(*at, 2);
  EXPECT_EQ(items.next(), 3);
  EXPECT_EQ(*at, 3);
  EXPECT_EQ(collected(items), (std::vector{4, 5, 6}));
}

TEST(generator, what_is_returned_can_be_read_at_the_end) {
  auto items = count_and_tell(2);
  EXPECT_THROW(static_cast<void>(items.result()), std::logic_error);
  EXPECT_EQ(collected(items), (std::vector{1, 2}));
  EXPECT_TRUE(items.done());
  EXPECT_EQ(items.result(), "done");
}

TEST(generator, the_first_stop_iteration_carries_what_was_returned) {
  auto items = count_and_tell(1);
  EXPECT_EQ(items.next(), 1);
  try {
    items.next();
    ADD_FAILURE();
  } catch (const stop_iteration& end) {
    ASSERT_NE(end.value<std::string>(), nullptr);
    EXPECT_EQ(*end.value<std::string>(), "done");
    EXPECT_EQ(end.value<int>(), nullptr);
  }
  try {
    items.next();
    ADD_FAILURE();
  } catch (const stop_iteration& end) {
    EXPECT_EQ(end.value<std::string>(), nullptr);
  }
}

TEST(generator, may_return_what_can_only_be_moved) {
  const auto body = []() -> generator<int, void, std::unique_ptr<int>> {
    co_yield 1;
    co_return std::make_unique<int>(2);
  };
  auto items = body();
  EXPECT_EQ(items.next(), 1);
  EXPECT_THROW(items.next(), stop_iteration);
  EXPECT_EQ(*std::move(items.result()), 2);
}

TEST(generator, that_has_ended_stays_so) {
  auto items = count_to(1);
  EXPECT_EQ(collected(items), std::vector{1});
  EXPECT_TRUE(items.done());
  EXPECT_THROW(items.next(), stop_iteration);
  EXPECT_THROW(items.next(), stop_iteration);
  EXPECT_TRUE(items.begin() == items.end());
}

TEST(generator, an_exception_comes_out_in_its_turn_and_ends_it) {
  auto by_next = fails_after(1);
  EXPECT_EQ(by_next.next(), 1);
  EXPECT_THROW(by_next.next(), std::runtime_error);
  EXPECT_THROW(by_next.next(), stop_iteration);
  auto by_loop = fails_after(2);
  std::vector<int> seen;
  EXPECT_THROW(
      {
        for (const int i : by_loop) seen.push_back(i);
      },
      std::runtime_error);
  EXPECT_EQ(seen, (std::vector{1, 2}));
  EXPECT_TRUE(by_loop.begin() == by_loop.end());
  EXPECT_THROW(static_cast<void>(fails_after(0).begin()), std::runtime_error);
}

TEST(generator, a_stop_iteration_that_escapes_from_its_body_is_an_error) {
  const auto body = []() -> generator<int> {
    auto inner = count_to(0);
    co_yield inner.next();
  };
  auto items = body();
  try {
    items.next();
    ADD_FAILURE();
  } catch (const stop_iteration&) {
    ADD_FAILURE() << "it would end a loop around it as if nothing had happened";
  } catch (const std::runtime_error& error) {
    EXPECT_THROW(std::rethrow_if_nested(error), stop_iteration);
  }
}

TEST(generator, yields_what_can_only_be_moved) {
  const auto body = []() -> generator<std::unique_ptr<int>> {
    co_yield std::make_unique<int>(1);
    auto two = std::make_unique<int>(2);
    co_yield std::move(two);
  };
  std::vector<std::unique_ptr<int>> kept;
  for (std::unique_ptr<int> each : body()) kept.push_back(std::move(each));
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(*kept[0] + *kept[1], 3);
  auto again = body();
  EXPECT_EQ(*again.next(), 1);
}

TEST(generator, of_references_yields_the_objects_themselves) {
  std::vector<int> numbers = {1, 2, 3};
  const auto each_of = [](std::vector<int>& all) -> generator<int&> {
    for (int& i : all) co_yield i;
  };
  for (int& i : each_of(numbers)) i *= 10;
  EXPECT_EQ(numbers, (std::vector{10, 20, 30}));
  auto items = each_of(numbers);
  EXPECT_EQ(&items.next(), numbers.data());
}

TEST(generator, of_references_to_const_yields_temporaries_too) {
  const auto body = [](const std::string& first) -> generator<const std::string&> {
    co_yield first;
    co_yield first + " and a long tail, so that it is on the heap";
  };
  const std::string head = "head";
  auto items = body(head);
  EXPECT_EQ(&items.next(), &head);
  EXPECT_EQ(items.next(), "head and a long tail, so that it is on the heap");
}

TEST(generator, an_lvalue_is_copied_for_the_user_who_may_move_it_away) {
  const auto body = [](std::string word) -> generator<std::string> {
    for (int i = 0; i < 3; ++i) co_yield word;
  };
  std::string joined;
  for (std::string each : body("a word too long to be kept inside. ")) joined += each;
  EXPECT_EQ(joined.size(), 3 * 35U);
}

TEST(generator, converts_what_it_yields) {
  const auto body = []() -> generator<std::string> {
    co_yield "a literal that is turned into a string on the heap";
    co_yield std::string(40, 'x');
  };
  EXPECT_EQ(collected(body()),
            (std::vector<std::string>{"a literal that is turned into a string on the heap",
                                      std::string(40, 'x')}));
}

TEST(generator, can_be_moved_while_in_use) {
  auto first = count_to(3);
  auto at = first.begin();
  auto second = std::move(first);
  ++at;
  EXPECT_EQ(*at, 2);
  EXPECT_EQ(second.next(), 3);
  EXPECT_TRUE(first.done());  // NOLINT(bugprone-use-after-move): moved from, it has ended.
  EXPECT_THROW(first.next(), stop_iteration);
  second = count_to(1);
  EXPECT_EQ(second.next(), 1);
}

TEST(generator, without_a_body_has_ended) {
  generator<int, int, int> none;
  EXPECT_TRUE(none.done());
  EXPECT_TRUE(none.begin() == none.end());
  EXPECT_THROW(none.next(), stop_iteration);
  EXPECT_THROW(none.send(1), stop_iteration);
  EXPECT_THROW(static_cast<void>(none.result()), std::logic_error);
  none.close();
}

TEST(generator, is_not_resumed_by_itself) {
  generator<int> self;
  const auto body = [](generator<int>& me) -> generator<int> {
    EXPECT_THROW(me.next(), std::logic_error);
    EXPECT_THROW(static_cast<void>(me.begin()), std::logic_error);
    EXPECT_THROW(me.throw_in(std::runtime_error("x")), std::logic_error);
    EXPECT_THROW(me.close(), std::logic_error);
    co_yield 1;
    me.next();
  };
  self = body(self);
  EXPECT_EQ(self.next(), 1);
  try {
    self.next();
    ADD_FAILURE();
  } catch (const std::logic_error& error) {
    EXPECT_STREQ(error.what(), "generator: already executing");
  }
}

TEST(generator, may_be_used_on_one_thread_after_another) {
  auto items = count_to(3);
  EXPECT_EQ(items.next(), 1);
  std::thread([&] { EXPECT_EQ(items.next(), 2); }).join();
  std::thread([rest = std::move(items)]() mutable { EXPECT_EQ(rest.next(), 3); }).join();
}

}  // namespace
