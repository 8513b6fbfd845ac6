// A set of keys that is kept in parts once it is large.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "countips/clients/flat_set.h"

namespace countips {

// A key belongs to the same part in every set, so that sets can be merged part by part, on several
// threads at once; and because parts grow one by one, growing never needs twice the memory. Small
// sets are one array, and cost nothing while empty. The parts go by the upper bits of the hash,
// flat_set by the lower ones. Not thread-safe, but see merge_part().
template <class Key>
class partitioned_set {
 public:
  static constexpr std::size_t parts = 64;
  static constexpr std::size_t largest_whole = std::size_t{1} << 14;  // Keys, before it is split.

  [[nodiscard]] std::size_t size() const noexcept {
    return sum([](const flat_set<Key>& each) { return each.size(); });
  }
  [[nodiscard]] std::size_t allocated_bytes() const noexcept {
    return sum([](const flat_set<Key>& each) { return each.allocated_bytes(); });
  }
  [[nodiscard]] bool is_split() const noexcept { return split_ != nullptr; }

  void insert(const Key& key) { insert(key, hash_of(key, hash_seed())); }

  void insert(const Key& key, std::uint64_t hash) {
    if (split_ != nullptr) {
      part_for(hash).insert(key, hash);
    } else if (whole_.insert(key, hash) && whole_.size() > largest_whole) {
      split();
    }
  }

  // Begins to fetch from memory what insert() will look at.
  void prefetch(std::uint64_t hash) const noexcept {
    (split_ != nullptr ? part_for(hash) : whole_).prefetch(hash);
  }

  void split() {
    if (split_ != nullptr) return;
    split_ = std::make_unique<part_array>();
    const std::uint64_t seed = hash_seed();
    std::exchange(whole_, {}).for_each([this, seed](const Key& key) {
      const std::uint64_t hash = hash_of(key, seed);
      part_for(hash).insert(key, hash);
    });
  }

  // Calls f(key) for all, in no order.
  template <class F>
  void for_each(F f) const {
    if (split_ == nullptr) return whole_.for_each(f);
    for (const flat_set<Key>& each : *split_) each.for_each(f);
  }

  // Adds the keys of the other set and leaves it as it is.
  void merge(const partitioned_set& other) {
    if (other.split_ == nullptr) return merge_one_by_one(other.whole_);
    split();
    for (std::size_t i = 0; i < parts; ++i) (*split_)[i].merge((*other.split_)[i]);
  }

  // Adds the keys of the other set, which is empty afterwards.
  void merge(partitioned_set&& other) {
    if (is_smaller_than(other)) swap(other);
    if (other.split_ == nullptr) return merge_one_by_one(std::exchange(other.whole_, {}));
    for (std::size_t i = 0; i < parts; ++i) merge_part(other, i);
    other.split_.reset();
  }

  // Moves one part of the other set into this one. REQUIRES that both are split. Different parts
  // can be merged by several threads at once.
  void merge_part(partitioned_set& other, std::size_t part) {
    flat_set<Key>& mine = (*split_)[part];
    flat_set<Key> theirs = std::exchange((*other.split_)[part], {});
    if (mine.size() < theirs.size()) mine.swap(theirs);  // Walk through the smaller one.
    mine.merge(theirs);
  }

  // As flat_set.
  template <class Archive>
  void serialize(Archive& archive) {
    archive(whole_, split_);
  }

 private:
  using part_array = std::array<flat_set<Key>, parts>;

  [[nodiscard]] flat_set<Key>& part_for(std::uint64_t hash) const noexcept {
    return (*split_)[hash >> 58];
  }

  // As it is kept: what is split is larger than what is not.
  [[nodiscard]] bool is_smaller_than(const partitioned_set& other) const noexcept {
    if (split_ != nullptr) return false;
    return other.split_ != nullptr || whole_.size() < other.whole_.size();
  }

  void swap(partitioned_set& other) noexcept {
    whole_.swap(other.whole_);
    split_.swap(other.split_);
  }

  void merge_one_by_one(const flat_set<Key>& others) {
    const std::uint64_t seed = hash_seed();
    others.for_each([this, seed](const Key& key) { insert(key, hash_of(key, seed)); });
  }

  template <class F>
  [[nodiscard]] std::size_t sum(F of) const noexcept {
    if (split_ == nullptr) return of(whole_);
    std::size_t all = 0;
    for (const flat_set<Key>& each : *split_) all += of(each);
    return all;
  }

  flat_set<Key> whole_;
  std::unique_ptr<part_array> split_;  // Null while all is in whole_.
};

}  // namespace countips
