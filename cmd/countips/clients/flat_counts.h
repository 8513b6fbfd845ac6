// Counts of small keys in one flat array.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "countips/clients/hash_seed.h"

namespace countips {

// Open addressing with linear probing; the array is a power of two and at most three quarters full,
// so a key costs between 4/3 and 8/3 of the size of an entry. Key is trivially copyable, and
// hash_of(key, hash_seed()) gives 64 well-mixed bits. Not thread-safe.
template <class Key>
class flat_counts {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return used_; }

  // Adds to the count of the key, which is 0 at first; `more` is at least 1.
  void add(const Key& key, std::uint64_t more) {
    if (4 * (used_ + 1) > 3 * entries_.size()) grow();
    entry& its = entries_[place_of(key)];
    if (its.count == 0) {
      its.key = key;
      ++used_;
    }
    its.count += more;
  }

  void merge(const flat_counts& other) {
    other.for_each([this](const Key& key, std::uint64_t count) { add(key, count); });
  }

  // Calls visit(key, count) for each. Sixteen times from front to back, because a long run of keys
  // in the order of their hashes would crowd the front of another table before that has grown.
  template <class Visit>
  void for_each(Visit visit) const {
    constexpr std::size_t rounds = 16;
    for (std::size_t first = 0; first < rounds; ++first) {
      for (std::size_t i = first; i < entries_.size(); i += rounds) {
        if (entries_[i].count != 0) visit(entries_[i].key, entries_[i].count);
      }
    }
  }

  // As it lies, to be sent to a process with the same hash_seed(): see par/processes/codec.h.
  template <class Archive>
  void save(Archive& to) const {
    to(entries_);
  }
  // Throws std::length_error if no table can have such entries.
  template <class Archive>
  void load(Archive& from) {
    from(entries_);
    used_ = static_cast<std::size_t>(
        std::ranges::count_if(entries_, [](const entry& each) { return each.count != 0; }));
    const bool is_power = entries_.empty() || std::has_single_bit(entries_.size());
    if (!is_power || 4 * used_ > 3 * entries_.size()) {
      throw std::length_error("flat_counts: of a size that cannot be");
    }
  }

 private:
  struct entry {
    Key key{};
    std::uint64_t count = 0;  // 0: the place is free.
  };

  static constexpr std::size_t first_size = 16;

  // Where the key is, or the free place where it belongs. REQUIRES a place to be free.
  [[nodiscard]] std::size_t place_of(const Key& key) const noexcept {
    const std::size_t mask = entries_.size() - 1;
    std::size_t at = hash_of(key, hash_seed()) & mask;
    while (entries_[at].count != 0 && entries_[at].key != key) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    const std::vector<entry> old = std::exchange(
        entries_, std::vector<entry>(entries_.empty() ? first_size : 2 * entries_.size()));
    for (const entry& each : old) {
      if (each.count != 0) entries_[place_of(each.key)] = each;
    }
  }

  std::size_t used_ = 0;
  std::vector<entry> entries_;
};

}  // namespace countips
