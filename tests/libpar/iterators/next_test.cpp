#include "par/iterators/next.h"

#include <gtest/gtest.h>

#include <iterator>
#include <list>
#include <memory>
#include <ranges>
#include <sstream>
#include <string>
#include <vector>

#include "collected.h"
#include "par/iterators/generator.h"

namespace {

using par::stop_iteration;

par::generator<int, void, std::string> count_to(int n) {
  for (int i = 1; i <= n; ++i) co_yield i;
  co_return "done";
}

// Counts how often it is asked for an item.
auto counted(int& asked) {
  return std::views::iota(1, 4) | std::views::transform([&asked](int i) {
           ++asked;
           return i;
         });
}

TEST(next, gives_one_item_after_another) {
  const std::vector<int> numbers = {1, 2, 3};
  auto at = par::iter(numbers);
  EXPECT_EQ(par::next(at), 1);
  EXPECT_EQ(par::next(at), 2);
  EXPECT_EQ(par::next(at), 3);
  EXPECT_THROW(par::next(at), stop_iteration);
  EXPECT_THROW(par::next(at), stop_iteration);
}

TEST(next, refers_to_what_the_range_has) {
  std::list<int> numbers = {1, 2};
  auto at = par::iter(numbers);
  par::next(at) = 10;
  EXPECT_EQ(numbers.front(), 10);
}

TEST(next, of_a_generator_carries_what_it_returned) {
  auto items = count_to(1);
  EXPECT_EQ(par::next(items), 1);
  try {
    par::next(items);
    ADD_FAILURE();
  } catch (const stop_iteration& end) {
    ASSERT_NE(end.value<std::string>(), nullptr);
    EXPECT_EQ(*end.value<std::string>(), "done");
  }
}

TEST(next, with_a_fallback_does_not_throw) {
  const std::vector<int> numbers = {1};
  auto at = par::iter(numbers);
  EXPECT_EQ(par::next_or(at, 0), 1);
  EXPECT_EQ(par::next_or(at, 0), 0);
  EXPECT_EQ(par::next_or(at, 7), 7);
  auto items = count_to(1);
  EXPECT_EQ(par::next_or(items, 0), 1);
  EXPECT_EQ(par::next_or(items, 0), 0);
}

TEST(next, of_a_pair_moves_the_iterator) {
  std::vector<int> numbers = {1, 2};
  auto at = numbers.begin();
  par::next(at, numbers.end()) = 10;
  EXPECT_EQ(numbers[0], 10);
  EXPECT_EQ(par::next(at, numbers.end()), 2);
  EXPECT_EQ(at, numbers.end());
  EXPECT_THROW(par::next(at, numbers.end()), stop_iteration);
  EXPECT_EQ(par::next_or(at, numbers.end(), 5), 5);
}

TEST(next, of_a_pair_that_can_be_read_once_gives_values) {
  std::istringstream words("one two three");
  std::istream_iterator<std::string> at(words);
  const std::default_sentinel_t end;
  EXPECT_EQ(par::next(at, end), "one");
  EXPECT_EQ(par::next_or(at, end, "none"), "two");
  EXPECT_EQ(par::next(at, end), "three");
  EXPECT_EQ(par::next_or(at, end, "none"), "none");
  EXPECT_THROW(par::next(at, end), stop_iteration);
}

TEST(iter, asks_for_an_item_only_when_one_is_wanted) {
  int asked = 0;
  auto at = par::iter(counted(asked));
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(par::next(at), 1);
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(par::next(at), 2);
  EXPECT_EQ(asked, 2);
}

TEST(iter, loops_and_next_share_one_place) {
  const std::vector<int> numbers = {1, 2, 3, 4, 5};
  auto at = par::iter(numbers);
  EXPECT_EQ(par::next(at), 1);
  for (const int i : at) {
    EXPECT_EQ(i, 2);
    break;
  }
  EXPECT_EQ(collected(at), (std::vector{3, 4, 5}));
  EXPECT_EQ(collected(at), std::vector<int>());
}

TEST(iter, of_what_keeps_its_place_is_itself) {
  auto items = count_to(3);
  auto& same = par::iter(items);
  EXPECT_EQ(&same, &items);
  auto at = par::iter(count_to(1));
  EXPECT_EQ(par::next(at), 1);
}

TEST(iter, owns_a_range_that_is_given_up_to_it) {
  auto at = par::iter(std::vector<std::unique_ptr<int>>(2));
  EXPECT_EQ(par::next(at), nullptr);
  par::next(at) = std::make_unique<int>(1);
  EXPECT_THROW(par::next(at), stop_iteration);
}

TEST(iter, of_proxies_gives_values) {
  std::vector<bool> bits = {true, false};
  auto at = par::iter(bits);
  const bool first = par::next(at);
  EXPECT_TRUE(first);
  EXPECT_FALSE(par::next(at));
}

}  // namespace
