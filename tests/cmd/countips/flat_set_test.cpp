#include "countips/flat_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "countips/address.h"

namespace countips {
namespace {

template <class Key>
Key make_key(std::uint64_t number);
template <>
ipv4_address make_key(std::uint64_t number) {
  return {static_cast<std::uint32_t>(number)};
}
template <>
ipv6_address make_key(std::uint64_t number) {
  return {number % 3, number / 3};  // Both halves matter, and either may be zero.
}

template <class Key>
class flat_set_of : public testing::Test {};
using key_types = testing::Types<ipv4_address, ipv6_address>;
TYPED_TEST_SUITE(flat_set_of, key_types);

TYPED_TEST(flat_set_of, keys_agrees_with_std_set) {
  std::mt19937_64 random(1);
  for (const std::uint64_t range : {1, 10, 1000, 1'000'000}) {
    flat_set<TypeParam> fast;
    std::set<TypeParam> slow;
    for (int i = 0; i < 20'000; ++i) {
      const auto key = make_key<TypeParam>(random() % range);
      ASSERT_EQ(fast.insert(key), slow.insert(key).second);
      ASSERT_EQ(fast.size(), slow.size());
    }
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(range, 30'000); ++i) {
      const auto key = make_key<TypeParam>(i);
      ASSERT_EQ(fast.contains(key), slow.contains(key));
    }
  }
}

TYPED_TEST(flat_set_of, keys_merges_to_the_union) {
  std::mt19937_64 random(2);
  for (const std::uint64_t range : {1, 100, 100'000}) {
    flat_set<TypeParam> a, b;
    std::set<TypeParam> slow;
    for (int i = 0; i < 5000; ++i) {
      const auto left = make_key<TypeParam>(random() % range);
      const auto right = make_key<TypeParam>(random() % range + range / 2);
      a.insert(left);
      b.insert(right);
      slow.insert({left, right});
    }
    a.merge(b);
    EXPECT_EQ(a.size(), slow.size());
    for (const TypeParam& key : slow) EXPECT_TRUE(a.contains(key));
  }
}

TYPED_TEST(flat_set_of, keys_knows_the_key_that_marks_empty_slots) {
  flat_set<TypeParam> set, other;
  EXPECT_FALSE(set.contains(TypeParam{}));
  EXPECT_TRUE(set.insert(TypeParam{}));
  EXPECT_FALSE(set.insert(TypeParam{}));
  EXPECT_TRUE(set.contains(TypeParam{}));
  EXPECT_EQ(set.size(), 1u);
  other.merge(set);
  EXPECT_TRUE(other.contains(TypeParam{}));
  EXPECT_EQ(other.size(), 1u);
}

TYPED_TEST(flat_set_of, keys_moves_and_leaves_a_set_that_works) {
  flat_set<TypeParam> from;
  from.insert(make_key<TypeParam>(0));
  from.insert(make_key<TypeParam>(7));
  flat_set<TypeParam> to(std::move(from));
  EXPECT_EQ(to.size(), 2u);
  from = flat_set<TypeParam>();
  EXPECT_TRUE(from.insert(make_key<TypeParam>(7)));
  EXPECT_EQ(from.size(), 1u);
}

// In the order of the slots of a set twice as large, linear probing with one common hash takes
// quadratic time; at this size that is hours.
TEST(flat_set, merges_large_sets_in_linear_time) {
  flat_set<ipv4_address> large, small;
  for (std::uint32_t i = 1; i < 3'000'000; ++i) large.insert({i});
  small.merge(large);
  EXPECT_EQ(small.size(), large.size());
}

TEST(hash_seed, differs_each_time) {
  std::set<std::uint64_t> seeds;
  for (int i = 0; i < 1000; ++i) seeds.insert(next_hash_seed());
  EXPECT_EQ(seeds.size(), 1000u);
}

}  // namespace
}  // namespace countips
