// take, zip, enumerate and chunk: what they give of every kind of range, and what they ask for.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <forward_list>
#include <list>
#include <memory>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "collected.h"
#include "par/iterators/chunk.h"
#include "par/iterators/generator.h"
#include "par/iterators/take.h"
#include "par/iterators/zip.h"

namespace {

using par::generator;
using ints = std::vector<int>;

generator<int> count_to(int n) {
  for (int i = 1; i <= n; ++i) co_yield i;
}

// Fails the test when it is asked for more than n.
generator<int> at_most(int n) {
  for (int i = 1; i <= n; ++i) co_yield i;
  ADD_FAILURE() << "asked for one more";
}

ints first_ints(int n) {
  ints all;
  for (int i = 1; i <= n; ++i) all.push_back(i);
  return all;
}

static_assert(std::ranges::view<decltype(count_to(1) | par::take(1))>);
static_assert(std::ranges::input_range<decltype(count_to(1) | par::take(1))>);

TEST(take, gives_the_first_items) {
  for (int n = 0; n <= 6; ++n) {
    for (int count = 0; count <= 7; ++count) {
      const ints want = first_ints(std::min(n, count));
      const auto wanted = static_cast<std::size_t>(count);
      EXPECT_EQ(collected(first_ints(n) | par::take(wanted)), want);
      EXPECT_EQ(collected(par::take(count_to(n), wanted)), want);
    }
  }
}

TEST(take, asks_for_no_item_after_the_last) {
  EXPECT_EQ(collected(at_most(3) | par::take(3)), first_ints(3));
  EXPECT_EQ(collected(at_most(0) | par::take(0)), ints());
  auto only = std::views::iota(1) | std::views::filter([](int i) { return i < 4; });
  EXPECT_EQ(collected(only | par::take(3)), first_ints(3));  // There is none after it, ever.
}

TEST(take, leaves_the_rest_where_it_is) {
  auto items = count_to(5);
  EXPECT_EQ(collected(std::ranges::ref_view(items) | par::take(2)), (ints{1, 2}));
  EXPECT_EQ(collected(std::ranges::ref_view(items) | par::take(2)), (ints{3, 4}));
  EXPECT_EQ(items.next(), 5);
}

TEST(take, composes_with_the_views_of_std) {
  EXPECT_EQ(collected(count_to(9) | std::views::filter([](int i) { return i % 2 == 0; }) |
                      par::take(3) | std::views::transform([](int i) { return i * i; })),
            (ints{4, 16, 36}));
}

using zip_of_vectors = decltype(par::zip(std::declval<ints&>(), std::declval<ints&>()));
static_assert(std::ranges::view<zip_of_vectors> && std::ranges::forward_range<zip_of_vectors>);
static_assert(std::ranges::sized_range<zip_of_vectors>);
using zip_of_generator = decltype(par::zip(count_to(1), std::declval<ints&>()));
static_assert(std::ranges::input_range<zip_of_generator>);
static_assert(!std::ranges::forward_range<zip_of_generator>);
static_assert(!std::ranges::sized_range<zip_of_generator>);
using zip_of_unique = decltype(par::zip(std::declval<std::vector<std::unique_ptr<int>>&>()));
static_assert(std::ranges::forward_range<zip_of_unique>);

TEST(zip, ends_with_the_shortest) {
  for (std::size_t a = 0; a < 4; ++a) {
    for (std::size_t b = 0; b < 4; ++b) {
      ints left(a, 1);
      const std::list<std::string> right(b, "x");
      auto both = par::zip(left, right);
      EXPECT_EQ(both.size(), std::min(a, b));
      EXPECT_EQ(collected(both).size(), std::min(a, b));
    }
  }
}

TEST(zip, refers_into_the_ranges) {
  ints left = {1, 2, 3};
  std::vector<std::string> right = {"a", "b", "c"};
  for (auto [number, word] : par::zip(left, right)) {
    word += std::to_string(number);
    number *= 10;
  }
  EXPECT_EQ(left, (ints{10, 20, 30}));
  EXPECT_EQ(right, (std::vector<std::string>{"a1", "b2", "c3"}));
}

TEST(zip, takes_what_can_be_read_once_or_only_moved) {
  std::istringstream words("one two three");
  std::vector<std::unique_ptr<int>> pointers(2);
  std::string joined;
  for (auto&& [word, pointer, number] :
       par::zip(std::views::istream<std::string>(words), pointers, count_to(9))) {
    pointer = std::make_unique<int>(number);
    joined += word;
  }
  EXPECT_EQ(joined, "onetwo");
  EXPECT_EQ(*pointers[1], 2);
}

TEST(zip, works_with_algorithms_and_views) {
  const ints left = {1, 2, 3}, right = {1, 5, 3};
  auto both = par::zip(left, right);
  const auto same = [](const auto& pair) { return std::get<0>(pair) == std::get<1>(pair); };
  EXPECT_EQ(std::ranges::count_if(both, same), 2);
  const auto at = std::ranges::find_if_not(both, same);
  EXPECT_EQ(std::get<1>(*at), 5);
  EXPECT_EQ(collected(both | std::views::transform([](auto pair) { return std::get<1>(pair); }) |
                      std::views::drop(1)),
            (ints{5, 3}));
}

TEST(enumerate, counts_from_zero_or_what_is_said) {
  const std::vector<std::string> words = {"a", "b"};
  std::string told;
  for (auto [i, word] : par::enumerate(words)) told += std::to_string(i) + word;
  for (auto [i, word] : words | par::enumerate(5)) told += std::to_string(i) + word;
  for (auto [i, n] : count_to(2) | par::enumerate()) told += std::to_string(i) + std::to_string(n);
  EXPECT_EQ(told, "0a1b5a6b0112");
}

TEST(enumerate, refers_into_the_range) {
  ints numbers = {5, 5};
  for (auto [i, number] : par::enumerate(numbers)) number += static_cast<int>(i);
  EXPECT_EQ(numbers, (ints{5, 6}));
}

using chunks_of_vector = decltype(par::chunk(std::declval<ints&>(), 1));
static_assert(std::ranges::view<chunks_of_vector> && std::ranges::forward_range<chunks_of_vector>);
static_assert(std::ranges::sized_range<chunks_of_vector>);
using chunks_of_generator = decltype(par::chunk(count_to(1), 1));
static_assert(std::ranges::view<chunks_of_generator>);
static_assert(std::ranges::input_range<chunks_of_generator>);
static_assert(!std::ranges::forward_range<chunks_of_generator>);

template <class Pieces>
std::vector<ints> all_pieces(Pieces pieces) {
  std::vector<ints> all;
  for (auto&& piece : pieces) all.push_back(collected(piece));
  return all;
}

std::vector<ints> cut(int n, std::size_t count) {
  std::vector<ints> pieces;
  for (int i = 1; i <= n; ++i) {
    if (pieces.empty() || pieces.back().size() == count) pieces.emplace_back();
    pieces.back().push_back(i);
  }
  return pieces;
}

TEST(chunk, cuts_every_kind_of_range_alike) {
  for (int n = 0; n <= 9; ++n) {
    const ints numbers = first_ints(n);
    std::forward_list<int> linked(numbers.begin(), numbers.end());
    for (const std::size_t count : {1UL, 2UL, 3UL, 9UL, 100UL, SIZE_MAX}) {
      const std::vector<ints> want = cut(n, count);
      EXPECT_EQ(all_pieces(numbers | par::chunk(count)), want);
      EXPECT_EQ(par::chunk(numbers, count).size(), want.size());
      EXPECT_EQ(all_pieces(linked | par::chunk(count)), want);
      EXPECT_EQ(all_pieces(count_to(n) | par::chunk(count)), want);
    }
  }
}

TEST(chunk, of_nothing_is_refused) {
  const ints numbers = {1};
  EXPECT_THROW(static_cast<void>(par::chunk(numbers, 0)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(numbers | par::chunk(0)), std::invalid_argument);
}

TEST(chunk, passes_over_what_is_left_of_a_piece) {
  ints firsts;
  for (auto& piece : count_to(8) | par::chunk(3)) firsts.push_back(*piece.begin());
  EXPECT_EQ(firsts, (ints{1, 4, 7}));
}

TEST(chunk, of_an_input_range_asks_for_no_item_too_early) {
  int asked = 0;
  auto pieces = count_to(10) | std::views::transform([&](int i) {
                  ++asked;
                  return i;
                }) |
                par::chunk(3);
  auto at = pieces.begin();
  EXPECT_EQ(collected(*at), (ints{1, 2, 3}));
  EXPECT_EQ(asked, 3);
  ++at;
  EXPECT_EQ(*(*at).begin(), 4);
}

using piece_of_generator = std::ranges::range_value_t<chunks_of_generator>;
static_assert(
    !std::is_move_constructible_v<piece_of_generator>);  // As it would not keep its items.

TEST(chunk, of_an_input_range_composes) {
  auto pieces = count_to(5) | par::chunk(2);
  std::string told;
  for (auto [i, piece] : std::move(pieces) | par::enumerate()) {
    told += std::to_string(i) + ":";
    for (const int n : piece | std::views::transform([](int x) { return x * 10; })) {
      told += std::to_string(n) + " ";
    }
  }
  EXPECT_EQ(told, "0:10 20 1:30 40 2:50 ");
}

TEST(chunk, the_last_piece_asks_for_nothing_more) {
  auto pieces = at_most(3) | par::chunk(3);
  EXPECT_EQ(collected(*pieces.begin()), first_ints(3));
}

TEST(chunk, takes_counts_beyond_the_differences_of_the_range) {
  std::size_t pieces = 0;
  for (const auto piece : std::views::iota(std::int16_t{0}, std::int16_t{10}) |
                              par::chunk((std::size_t{1} << 32) - 5)) {
    EXPECT_EQ(std::ranges::distance(piece), 10);
    ASSERT_EQ(++pieces, 1u);
  }
}

TEST(views, of_this_library_compose) {
  const std::vector<std::string> words = {"a", "b", "c", "d", "e"};
  std::string told;
  for (auto [i, pair] : words | par::chunk(2) | par::take(2) | par::enumerate(1)) {
    told += std::to_string(i);
    for (const std::string& word : pair) told += word;
  }
  EXPECT_EQ(told, "1ab2cd");
}

TEST(views, a_closure_can_be_kept_and_used_again) {
  const auto pairs = par::chunk(2);
  const ints numbers = {1, 2, 3};
  EXPECT_EQ(all_pieces(numbers | pairs), cut(3, 2));
  EXPECT_EQ(all_pieces(count_to(5) | pairs), cut(5, 2));
}

}  // namespace
