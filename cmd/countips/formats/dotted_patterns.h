// Where the digits of an IPv4 address stand, for every way its dots can stand.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace countips {

struct alignas(32) dotted_pattern {
  // For each octet, the last one first: where its hundreds, tens and ones are, and a place of no
  // meaning. Above 127 if it has no such digit.
  std::array<std::uint8_t, 16> places{};
  std::uint32_t ends = 0;  // Bit i is set if the text has a dot, or ends, at byte i.
};

namespace detail {

constexpr std::size_t pattern_slots = 256;

// Different for all patterns: this factor has been found by trying.
constexpr std::size_t slot_of(std::uint32_t ends) noexcept {
  return ends * 0xa014b3a3U >> 24;
}

constexpr dotted_pattern make_pattern(const std::array<unsigned, 4>& digits) {
  dotted_pattern made;
  unsigned end = 0;
  for (std::size_t octet = 0; octet < 4; ++octet) {
    const std::size_t first = 4 * (3 - octet);
    end += digits[octet];
    for (unsigned place = 0; place < 3; ++place) {
      const bool is_there = place + digits[octet] >= 3;
      made.places[first + place] = static_cast<std::uint8_t>(is_there ? end - 3 + place : 0x80);
    }
    made.places[first + 3] = 0x80;
    made.ends |= 1U << end;
    ++end;
  }
  return made;
}

constexpr std::array<dotted_pattern, pattern_slots> make_patterns() {
  std::array<dotted_pattern, pattern_slots> all{};
  for (unsigned number = 0; number < 81; ++number) {
    const dotted_pattern made =
        make_pattern({number / 27 + 1, number / 9 % 3 + 1, number / 3 % 3 + 1, number % 3 + 1});
    all[slot_of(made.ends)] = made;
  }
  return all;
}

inline constexpr std::array<dotted_pattern, pattern_slots> patterns = make_patterns();

}  // namespace detail

// Another one if there is none whose ends these are.
[[nodiscard]] inline const dotted_pattern& pattern_for(std::uint32_t ends) noexcept {
  return detail::patterns[detail::slot_of(ends)];
}

}  // namespace countips
