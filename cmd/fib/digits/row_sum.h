// The step of a sum that every kernel ends with: eight digits, then one at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace fib::detail {

// What is added to a: b, or the complement of b, which with a carry of one makes the difference.
enum class second { as_it_is, complemented };

inline constexpr std::size_t word_digits = sizeof(std::uint64_t);

constexpr std::uint64_t in_each_byte(std::uint64_t value) {
  return 0x0101010101010101 * value;
}

// The leading digit in the most significant byte.
inline std::uint64_t text_order(std::uint64_t word) noexcept {
  if constexpr (std::endian::native == std::endian::big) return word;
  return __builtin_bswap64(word);
}

inline std::uint64_t load_digits(const char* from) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, from, word_digits);
  return text_order(word);
}

inline void store_digits(char* to, std::uint64_t word) noexcept {
  word = text_order(word);
  std::memcpy(to, &word, word_digits);
}

// The digit v as base - 1 - v, in one byte or in all bytes of a word: none borrows from the next.
template <second Second>
std::uint64_t operand(std::uint64_t digits, std::uint64_t ones, unsigned base) noexcept {
  if constexpr (Second == second::as_it_is) return digits;
  return ones * (2 * '0' + base - 1) - digits;
}

// carry is 0 or 1, in and out. A byte of x is 2 * '0' plus the sum s of two digits. Raised by
// 256 - base - 2 * '0' it overflows into the next byte exactly if s, with the carry, is the base or
// more, and leaves s - base there. Where it did not overflow it holds 256 - base + s, and its top
// bit says so, as bases are below 128.
inline std::uint64_t add_words(std::uint64_t a, std::uint64_t b, std::uint64_t& carry,
                               unsigned base) noexcept {
  const std::uint64_t x = a + b;
  const std::uint64_t raised = x + in_each_byte(256 - base - 2 * '0') + carry;
  carry = raised < x ? 1 : 0;
  const std::uint64_t did_not_overflow = raised >> 7 & in_each_byte(1);
  return raised - did_not_overflow * (256 - base) + in_each_byte('0');
}

// The first `size` digits of the rows; gives the carry beyond them.
template <second Second>
std::uint64_t sum_row(const char* a, const char* b, char* out, std::size_t size, unsigned base,
                      std::uint64_t carry) noexcept {
  while (size >= word_digits) {
    size -= word_digits;
    const std::uint64_t other = operand<Second>(load_digits(b + size), in_each_byte(1), base);
    store_digits(out + size, add_words(load_digits(a + size), other, carry, base));
  }
  while (size != 0) {
    --size;
    const auto other = operand<Second>(static_cast<unsigned char>(b[size]), 1, base);
    const std::uint64_t sum = static_cast<unsigned char>(a[size]) + other - 2 * '0' + carry;
    carry = sum >= base ? 1 : 0;
    out[size] = static_cast<char>('0' + sum - carry * base);
  }
  return carry;
}

}  // namespace fib::detail
