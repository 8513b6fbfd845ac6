// A set of small keys in one flat array.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "countips/hash_seed.h"

namespace countips {

// Open addressing with linear probing; the array is a power of two and at most three quarters full,
// so a key costs between 4/3 and 8/3 of its size. Key is trivially copyable, Key{} is the value of
// empty slots (a real Key{} is kept beside them), and hash_of(key, seed) gives 64 well-mixed bits.
//
// Every set has a seed of its own: who writes the log cannot choose clients that collide, and
// merging one set into another does not insert in the order of the slots, which with linear probing
// would take quadratic time. Not thread-safe.
template <class Key>
class flat_set {
 public:
  flat_set() = default;
  flat_set(flat_set&& other) noexcept { swap(other); }
  flat_set& operator=(flat_set&& other) noexcept {
    swap(other);
    return *this;
  }

  [[nodiscard]] std::size_t size() const noexcept { return used_ + (has_empty_key_ ? 1 : 0); }

  // True if the key is new.
  bool insert(const Key& key) {
    if (key == Key{}) return !std::exchange(has_empty_key_, true);
    if (4 * (used_ + 1) > 3 * slots_.size()) grow();
    Key& slot = slots_[slot_for(key)];
    if (slot == key) return false;
    slot = key;
    ++used_;
    return true;
  }

  [[nodiscard]] bool contains(const Key& key) const {
    if (key == Key{}) return has_empty_key_;
    return !slots_.empty() && slots_[slot_for(key)] == key;
  }

  void merge(const flat_set& other) {
    has_empty_key_ |= other.has_empty_key_;
    for (const Key& key : other.slots_) {
      if (key != Key{}) insert(key);
    }
  }

 private:
  static constexpr std::size_t first_size = 16;

  // Where the key is, or the empty slot where it belongs. REQUIRES a slot to be empty.
  [[nodiscard]] std::size_t slot_for(const Key& key) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash_of(key, seed_) & mask;
    while (slots_[at] != key && slots_[at] != Key{}) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Key> old(slots_.empty() ? first_size : 2 * slots_.size());
    old.swap(slots_);
    for (const Key& key : old) {
      if (key != Key{}) slots_[slot_for(key)] = key;
    }
  }

  void swap(flat_set& other) noexcept {
    std::swap(seed_, other.seed_);
    std::swap(has_empty_key_, other.has_empty_key_);
    std::swap(used_, other.used_);
    slots_.swap(other.slots_);
  }

  std::uint64_t seed_ = next_hash_seed();
  bool has_empty_key_ = false;
  std::size_t used_ = 0;  // Slots that hold a key.
  std::vector<Key> slots_;
};

}  // namespace countips
