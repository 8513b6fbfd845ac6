#include "countips/clients/partitioned_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <utility>
#include <vector>

#include "countips/clients/address.h"

namespace countips {
namespace {

using addresses = partitioned_set<ipv4_address>;
constexpr std::size_t largest_whole = addresses::largest_whole;

// A key whose hash is itself, so that a test can choose its part.
struct chosen_key {
  std::uint64_t value = 0;
  friend bool operator==(const chosen_key&, const chosen_key&) = default;
};
std::uint64_t hash_of(const chosen_key& key, std::uint64_t) {
  return key.value;
}

addresses of_range(std::uint32_t begin, std::uint32_t end) {
  addresses made;
  for (std::uint32_t i = begin; i < end; ++i) made.insert({i});
  return made;
}

TEST(partitioned_set, agrees_with_std_set) {
  std::mt19937_64 random(1);
  for (const std::uint32_t range : {10U, 10'000U, 20'000U, 1'000'000'000U}) {
    addresses fast;
    std::set<ipv4_address> slow;
    for (int i = 0; i < 40'000; ++i) {
      const ipv4_address key{static_cast<std::uint32_t>(random() % range)};
      fast.insert(key);
      slow.insert(key);
      if (i % 1000 == 0) {
        ASSERT_EQ(fast.size(), slow.size());
      }
    }
    EXPECT_EQ(fast.size(), slow.size());
    EXPECT_EQ(fast.is_split(), slow.size() > largest_whole);
  }
}

TEST(partitioned_set, is_one_array_until_it_is_large) {
  addresses set = of_range(0, largest_whole);
  EXPECT_FALSE(set.is_split());
  set.insert({largest_whole});
  EXPECT_TRUE(set.is_split());
  EXPECT_EQ(set.size(), largest_whole + 1);
  set.insert({largest_whole});
  set.insert({0});  // The key that empty slots hold.
  EXPECT_EQ(set.size(), largest_whole + 1);
}

TEST(partitioned_set, holds_keys_that_all_belong_into_one_part) {
  partitioned_set<chosen_key> set, other;
  std::mt19937_64 random(2);
  std::set<std::uint64_t> slow;
  for (int i = 0; i < 30'000; ++i) {
    const chosen_key key{random() >> 6 | std::uint64_t{63} << 58};
    (i % 2 == 0 ? set : other).insert(key);
    slow.insert(key.value);
  }
  set.merge(std::as_const(other));
  EXPECT_EQ(set.size(), slow.size());
}

// Small, split, and overlapping, in every pairing.
TEST(partitioned_set, merges_to_the_union) {
  const std::uint32_t bounds[][2] = {{0, 0},       {0, 1},      {0, 100},
                                     {50, 12'000}, {0, 40'000}, {30'000, 60'000}};
  for (const auto& [a_begin, a_end] : bounds) {
    for (const auto& [b_begin, b_end] : bounds) {
      std::set<std::uint32_t> slow;
      for (std::uint32_t i = a_begin; i < a_end; ++i) slow.insert(i);
      for (std::uint32_t i = b_begin; i < b_end; ++i) slow.insert(i);
      addresses copied_into = of_range(a_begin, a_end);
      addresses moved_into = of_range(a_begin, a_end);
      addresses from = of_range(b_begin, b_end);
      copied_into.merge(std::as_const(from));
      EXPECT_EQ(copied_into.size(), slow.size());
      EXPECT_EQ(from.size(), b_end - b_begin);
      moved_into.merge(std::move(from));
      EXPECT_EQ(moved_into.size(), slow.size());
      moved_into.insert({a_begin});
      moved_into.insert({1'000'000});
      EXPECT_EQ(moved_into.size(), slow.size() + (slow.contains(a_begin) ? 1 : 2));
    }
  }
}

TEST(partitioned_set, leaves_an_empty_set_that_works_when_moved_from) {
  for (const std::uint32_t count : {10U, 40'000U}) {
    addresses from = of_range(0, count);
    addresses into;
    into.merge(std::move(from));
    EXPECT_EQ(into.size(), count);
    EXPECT_EQ(from.size(), 0u);
    from.insert({5});
    from.insert({5});
    EXPECT_EQ(from.size(), 1u);
  }
}

// A key takes four bytes.
TEST(partitioned_set, takes_at_most_twice_the_keys_when_large) {
  addresses set;
  EXPECT_EQ(set.allocated_bytes(), 0u);
  for (std::uint32_t i = 1; i <= 3; ++i) set.insert({i});
  EXPECT_LE(set.allocated_bytes(), 16u);
  for (std::uint32_t i = 4; i <= 400'000; ++i) {
    set.insert({i});
    if (i > 100'000) {
      ASSERT_LE(set.allocated_bytes(), 8 * i + 8 * 1024);
    }
  }
}

}  // namespace
}  // namespace countips
