#include "fib/digits/signed_sum.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace fib {

namespace {

// What a one that is carried, or borrowed, does to digits: which pass it on, and what they become.
struct carried_one {
  char passing;
  char becomes;
  int change;  // What it does to the digit that takes it.
};

// Writes what the longer number has before the shorter, to where `end` is its end. True if the one
// goes beyond its first digit.
bool write_head(std::string_view head, char* end, bool carry, const carried_one& one) noexcept {
  while (carry && !head.empty()) {
    carry = head.back() == one.passing;
    *--end = carry ? one.becomes : static_cast<char>(head.back() + one.change);
    head.remove_suffix(1);
  }
  if (!head.empty()) std::memcpy(end - head.size(), head.data(), head.size());
  return carry;
}

// REQUIRES a.size() <= b.size().
char* write_added(std::string_view a, std::string_view b, char* out, unsigned base,
                  const digit_kernels& kernels) noexcept {
  const std::size_t head = b.size() - a.size();
  const std::size_t length = sum_length(a, b, base);
  char* const low = out + (length - a.size());
  const bool carry = kernels.add(a.data(), b.data() + head, low, a.size(), base);
  const char highest = static_cast<char>('0' + base - 1);
  if (write_head(b.substr(0, head), low, carry, {highest, '0', 1})) *out = '1';
  return out + length;
}

// REQUIRES a <= b; gives b - a.
char* write_subtracted(std::string_view a, std::string_view b, char* out, unsigned base,
                       const digit_kernels& kernels) noexcept {
  const std::size_t head = b.size() - a.size();
  char* const low = out + head;
  const bool borrow = kernels.subtract(b.data() + head, a.data(), low, a.size(), base);
  const char highest = static_cast<char>('0' + base - 1);
  write_head(b.substr(0, head), low, borrow, {'0', highest, -1});
  char* const end = out + b.size();
  const char* const first = std::find_if(out, end - 1, [](char c) { return c != '0'; });
  return first == out ? end : std::move(first, static_cast<const char*>(end), out);
}

bool is_smaller(std::string_view a, std::string_view b) noexcept {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace

std::size_t sum_length(std::string_view a, std::string_view b, unsigned base) noexcept {
  const std::size_t longer_by = b.size() - a.size();
  const int highest = static_cast<int>(base) - 1;
  for (std::size_t i = 0; i < b.size(); ++i) {
    const int sum = b[i] - '0' + (i < longer_by ? 0 : a[i - longer_by] - '0');
    if (sum != highest) return b.size() + (sum > highest ? 1 : 0);
  }
  return b.size();
}

bool sum_is_negative(const term& a, const term& b) noexcept {
  if (a.negative == b.negative) return a.negative;
  if (a.digits == b.digits) return false;
  return is_smaller(a.digits, b.digits) ? b.negative : a.negative;
}

char* write_sum(const term& a, const term& b, char* out, unsigned base,
                const digit_kernels& kernels) noexcept {
  const bool swapped = is_smaller(b.digits, a.digits);
  const std::string_view smaller = swapped ? b.digits : a.digits;
  const std::string_view larger = swapped ? a.digits : b.digits;
  const auto write = a.negative == b.negative ? write_added : write_subtracted;
  return write(smaller, larger, out, base, kernels);
}

}  // namespace fib
