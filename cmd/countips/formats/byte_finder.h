// Finds the places of a byte in a text that is gone through from front to end.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "countips/clients/byte_masks.h"

namespace countips {

// Looks at sixty-four bytes at once and remembers what it has seen there. Fields are a few bytes
// long, and how long is what no processor can foresee: so most of them are found without a loop.
// The text must stay where it is. Not thread-safe.
class byte_finder {
 public:
  // Finds either of two, which may be the same.
  byte_finder(std::string_view text, char one, char other)
      : begin_(text.data()), end_(text.data() + text.size()), one_(one), other_(other) {}

  // The first at this place or behind it, or the end of the text. REQUIRES a place in the text, or
  // its end.
  [[nodiscard]] const char* next(const char* from) {
    if (!covers(from)) load(from);
    const std::uint64_t rest = found_ >> (from - base_);
    if (rest != 0) return from + std::countr_zero(rest);
    do {
      load(base_ + word);
    } while (found_ == 0);
    return base_ + std::countr_zero(found_);
  }

 private:
  static constexpr std::size_t word = 64;

  [[nodiscard]] bool covers(const char* at) const {
    return static_cast<std::size_t>(at - base_) < covered_;
  }

  // Of sixty-four bytes.
  [[nodiscard]] std::uint64_t mask_of(const char* text) const {
    std::uint64_t mask = 0;
    for (unsigned at = 0; at < word; at += 16) {
      const byte_block bytes(text + at);
      mask |= std::uint64_t{bytes.equal_to(one_) | bytes.equal_to(other_)} << at;
    }
    return mask;
  }

  // The end of the text counts as found.
  void load(const char* at) {
    base_ = at;
    covered_ = word;
    const auto left = static_cast<std::size_t>(end_ - at);
    found_ = left >= word ? mask_of(at) : mask_of_rest(at, left) | std::uint64_t{1} << left;
  }

  [[nodiscard]] std::uint64_t mask_of_rest(const char* at, std::size_t left) const {
    if (left == 0) return 0;
    if (static_cast<std::size_t>(end_ - begin_) >= word) {
      return mask_of(end_ - word) >> (word - left);
    }
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < left; ++i) {
      mask |= std::uint64_t{at[i] == one_ || at[i] == other_} << i;
    }
    return mask;
  }

  const char* const begin_;
  const char* const end_;
  const char one_;
  const char other_;
  std::uint64_t found_ = 0;    // Bit i tells of base_[i],
  const char* base_ = begin_;  // of so many bytes: none at first.
  std::size_t covered_ = 0;
};

}  // namespace countips
