// A set of small keys in one flat array.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "countips/clients/hash_seed.h"
#include "countips/clients/slot_window.h"

namespace countips {

// Open addressing with linear probing. A small array doubles when it is three quarters full, a
// large one grows by half, so a key costs between 4/3 and 2 times its size, or 8/3. Key is
// trivially copyable, Key{} is the value of empty slots (a real Key{} is kept beside them), and
// hash_of(key, hash_seed()) gives 64 well-mixed bits.
//
// All sets place keys alike, by the lower half of the hash: they stand roughly in its order, and a
// set that grows is copied from front to back. Not thread-safe.
template <class Key>
class flat_set {
 public:
  flat_set() = default;
  flat_set(flat_set&& other) noexcept { swap(other); }
  flat_set& operator=(flat_set&& other) noexcept {
    flat_set(std::move(other)).swap(*this);
    return *this;
  }

  [[nodiscard]] std::size_t size() const noexcept { return used_ + (has_empty_key_ ? 1 : 0); }
  // How tests see that it takes no more than it says.
  [[nodiscard]] std::size_t allocated_bytes() const noexcept { return slots_.size() * sizeof(Key); }

  // True if the key is new.
  bool insert(const Key& key) { return insert(key, hash_of(key, hash_seed())); }

  // The same, where the hash is known.
  bool insert(const Key& key, std::uint64_t hash) {
    if (key == Key{}) return !std::exchange(has_empty_key_, true);
    if (slots_.empty()) grow_to(first_size);
    const std::size_t at = slot_for(key, hash);
    if (slots_[at] == key) return false;
    add_at(at, key, hash);
    return true;
  }

  // Begins to fetch from memory what insert() will look at.
  void prefetch(std::uint64_t hash) const noexcept {
    if (!slots_.empty()) __builtin_prefetch(&slots_[home_of(hash)]);
  }

  // Calls f(key) for all. Sixteen times from front to back, because a long run of keys in the order
  // of their hashes would crowd the front of another set before that has grown.
  template <class F>
  void for_each(F f) const {
    constexpr std::size_t rounds = 16;
    if (has_empty_key_) f(Key{});
    for (std::size_t first = 0; first < rounds; ++first) {
      for (std::size_t i = first; i < slots_.size(); i += rounds) {
        if (slots_[i] != Key{}) f(slots_[i]);
      }
    }
  }

  void merge(const flat_set& other) {
    if (slots_.size() < other.slots_.size()) grow_to(other.slots_.size());
    const std::uint64_t seed = hash_seed();
    other.for_each([this, seed](const Key& key) { insert(key, hash_of(key, seed)); });
  }

  void swap(flat_set& other) noexcept {
    std::swap(has_empty_key_, other.has_empty_key_);
    std::swap(used_, other.used_);
    slots_.swap(other.slots_);
  }

  // As it lies, to be sent to a process with the same hash_seed(): see par/processes/codec.h.
  template <class Archive>
  void save(Archive& to) const {
    to(has_empty_key_, slots_);
  }
  // Throws std::length_error if no set can have such slots.
  template <class Archive>
  void load(Archive& from) {
    from(has_empty_key_, slots_);
    used_ = slots_.size() - static_cast<std::size_t>(std::ranges::count(slots_, Key{}));
    if (4 * used_ > 3 * slots_.size()) throw std::length_error("flat_set: too full");
  }

 private:
  static constexpr std::size_t first_size = 4;
  static constexpr std::size_t large_size = 1024;

  [[nodiscard]] std::size_t home_of(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>((hash & 0xffffffff) * slots_.size() >> 32);
  }

  // Where the key is, or the empty slot where it belongs. REQUIRES a slot to be empty.
  [[nodiscard]] std::size_t slot_for(const Key& key, std::uint64_t hash) const noexcept {
    std::size_t at = home_of(hash);
    while (at + slot_window<Key> <= slots_.size()) {
      const std::size_t hit = first_hit(&slots_[at], key);
      at += hit;
      if (hit < slot_window<Key>) return at;
    }
    if (at == slots_.size()) at = 0;
    while (slots_[at] != key && slots_[at] != Key{}) at = at + 1 == slots_.size() ? 0 : at + 1;
    return at;
  }

  // The slot is the empty one where the key belongs. Apart from insert(), which mostly has no use
  // for it.
  [[gnu::noinline]] void add_at(std::size_t at, const Key& key, std::uint64_t hash) {
    if (4 * (used_ + 1) > 3 * slots_.size()) {
      grow_to(slots_.size() < large_size ? 2 * slots_.size() : slots_.size() / 2 * 3);
      at = slot_for(key, hash);
    }
    slots_[at] = key;
    ++used_;
  }

  void grow_to(std::size_t size) {
    std::vector<Key> old(size);
    old.swap(slots_);
    const std::uint64_t seed = hash_seed();
    for (const Key& key : old) {
      if (key != Key{}) slots_[slot_for(key, hash_of(key, seed))] = key;
    }
  }

  bool has_empty_key_ = false;
  std::size_t used_ = 0;  // Slots that hold a key.
  std::vector<Key> slots_;
};

}  // namespace countips
