#include "fib/decimal.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace fib {

namespace {

// Eight digits in one word: the leading digit in the most significant byte.
constexpr std::size_t word_digits = sizeof(std::uint64_t);

constexpr std::uint64_t in_each_byte(std::uint64_t value) {
  return 0x0101010101010101 * value;
}

std::uint64_t text_order(std::uint64_t word) noexcept {
  if constexpr (std::endian::native == std::endian::big) return word;
  return __builtin_bswap64(word);
}

std::uint64_t load_digits(const char* from) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, from, word_digits);
  return text_order(word);
}

void store_digits(char* to, std::uint64_t word) noexcept {
  word = text_order(word);
  std::memcpy(to, &word, word_digits);
}

// Adds the digits of two words; carry is 0 or 1, in and out. A byte of x is 2 * '0' plus the sum s
// of two digits. Raised by 246 - 2 * '0' it overflows into the next byte exactly if s, with the
// carry, is ten or more, and leaves s - 10 there. Where it did not overflow it holds 246 + s, and
// its top bit says so.
std::uint64_t add_digits(std::uint64_t a, std::uint64_t b, std::uint64_t& carry) noexcept {
  const std::uint64_t x = a + b;
  const std::uint64_t raised = x + in_each_byte(246 - 2 * '0') + carry;
  carry = raised < x ? 1 : 0;
  const std::uint64_t did_not_overflow = raised >> 7 & in_each_byte(1);
  return raised - did_not_overflow * 246 + in_each_byte('0');
}

char add_digit(int sum, int& carry) noexcept {  // sum: 0 to 19
  carry = sum >= 10 ? 1 : 0;
  return static_cast<char>('0' + sum - 10 * carry);
}

}  // namespace

std::size_t sum_digits(std::string_view a, std::string_view b) noexcept {
  const std::size_t longer_by = b.size() - a.size();
  for (std::size_t i = 0; i < b.size(); ++i) {
    const int sum = b[i] - '0' + (i < longer_by ? 0 : a[i - longer_by] - '0');
    if (sum != 9) return b.size() + (sum > 9 ? 1 : 0);
  }
  return b.size();
}

char* add_decimal(std::string_view a, std::string_view b, char* out) noexcept {
  char* const end = out + sum_digits(a, b);
  const char* a_end = a.data() + a.size();
  const char* b_end = b.data() + b.size();
  char* to = end;

  std::uint64_t word_carry = 0;
  for (std::size_t words = a.size() / word_digits; words != 0; --words) {
    a_end -= word_digits;
    b_end -= word_digits;
    to -= word_digits;
    store_digits(to, add_digits(load_digits(a_end), load_digits(b_end), word_carry));
  }

  int carry = static_cast<int>(word_carry);
  while (a_end != a.data()) *--to = add_digit(*--a_end - '0' + *--b_end - '0' + carry, carry);
  while (b_end != b.data()) *--to = add_digit(*--b_end - '0' + carry, carry);
  if (carry != 0) *--to = '1';
  return end;
}

}  // namespace fib
