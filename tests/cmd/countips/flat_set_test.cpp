#include "countips/clients/flat_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "countips/clients/address.h"

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
std::set<Key> keys_of(const flat_set<Key>& set) {
  std::set<Key> all;
  set.for_each([&](const Key& key) { EXPECT_TRUE(all.insert(key).second); });
  return all;
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
    EXPECT_EQ(keys_of(fast), slow);
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
    EXPECT_EQ(keys_of(a), slow);
  }
}

TYPED_TEST(flat_set_of, keys_knows_the_key_that_marks_empty_slots) {
  flat_set<TypeParam> set, other;
  EXPECT_TRUE(set.insert(TypeParam{}));
  EXPECT_FALSE(set.insert(TypeParam{}));
  EXPECT_EQ(keys_of(set), std::set<TypeParam>{TypeParam{}});
  EXPECT_EQ(set.size(), 1u);
  other.merge(set);
  EXPECT_EQ(keys_of(other), keys_of(set));
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

// A key in the order of whose hashes a set keeps its own.
struct chosen_key {
  std::uint64_t value = 0;
  friend auto operator<=>(const chosen_key&, const chosen_key&) = default;
};
std::uint64_t hash_of(const chosen_key& key, std::uint64_t) {
  return key.value;
}

TEST(flat_set, holds_keys_that_all_belong_into_one_slot) {
  for (const std::uint64_t slot : {0U, 0xffffffffU}) {  // From the last one they go round the end.
    flat_set<chosen_key> set;
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      const chosen_key key{i << 32 | slot};
      EXPECT_TRUE(set.insert(key));
      EXPECT_FALSE(set.insert(key));
    }
    EXPECT_EQ(set.size(), 1000u);
    EXPECT_EQ(keys_of(set).size(), 1000u);
  }
}

TYPED_TEST(flat_set_of, keys_visits_each_once) {
  for (const std::uint64_t count : {0, 1, 3, 100, 5000}) {
    flat_set<TypeParam> set;
    std::set<TypeParam> left;
    for (std::uint64_t i = 0; i < count; ++i) {
      set.insert(make_key<TypeParam>(i));
      left.insert(make_key<TypeParam>(i));
    }
    set.for_each([&](const TypeParam& key) { EXPECT_EQ(left.erase(key), 1u); });
    EXPECT_TRUE(left.empty());
  }
}

// In the order of the slots of a set twice as large, linear probing with one common hash takes
// quadratic time; at this size that is hours.
TEST(flat_set, merges_large_sets_in_linear_time) {
  flat_set<ipv4_address> large, small, apart;
  for (std::uint32_t i = 1; i < 1'000'000; ++i) large.insert({i});
  for (std::uint32_t i = 1; i < 1'000'000; ++i) apart.insert({i << 12});
  small.insert({7});
  small.merge(large);
  EXPECT_EQ(small.size(), large.size());
  small.merge(apart);
  large.for_each([&](const ipv4_address& key) { apart.insert(key); });
  EXPECT_EQ(small.size(), apart.size());
}

// Both for one that grows and for one that is merged.
TEST(flat_set, takes_at_most_twice_the_keys) {
  flat_set<ipv4_address> set;
  for (std::uint32_t i = 1; i <= 300'000; ++i) {
    set.insert({i});
    const std::size_t most = i < 800 ? 4 + 8 * i / 3 * 4 : 8 * i;
    ASSERT_LE(set.allocated_bytes(), most + 16) << i;
  }
  EXPECT_EQ(flat_set<ipv4_address>().allocated_bytes(), 0u);
}

}  // namespace
}  // namespace countips
