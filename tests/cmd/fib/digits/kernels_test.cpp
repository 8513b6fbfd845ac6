#include "fib/digits/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace fib {
namespace {

struct named_kernels {
  const char* name;
  const digit_kernels* kernels;  // Null where the processor lacks them.
};

const named_kernels all_kernels[] = {{"portable", &portable_kernels}, {"AVX2", avx2_kernels()}};

struct row_result {
  std::string digits;
  bool beyond;  // Carried or borrowed.
  friend bool operator==(const row_result&, const row_result&) = default;
};

// Digit by digit, as on paper.
row_result by_hand(const std::string& a, const std::string& b, unsigned base, bool subtract) {
  std::string digits(a.size(), '0');
  int carry = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    const int other = b[i] - '0';
    const int value = a[i] - '0' + (subtract ? -other - carry : other + carry);
    carry = value < 0 || value >= static_cast<int>(base) ? 1 : 0;
    digits[i] = static_cast<char>('0' + (value + static_cast<int>(base)) % static_cast<int>(base));
  }
  return {digits, carry != 0};
}

// In memory that ends where the row ends, so that an address sanitizer sees one byte too many.
row_result by_kernel(digit_kernels::function* kernel, const std::string& a, const std::string& b,
                     unsigned base) {
  const auto x = std::make_unique<char[]>(a.size());
  const auto y = std::make_unique<char[]>(a.size());
  const auto out = std::make_unique<char[]>(a.size());
  std::ranges::copy(a, x.get());
  std::ranges::copy(b, y.get());
  const bool beyond = kernel(x.get(), y.get(), out.get(), a.size(), base);
  return {std::string(out.get(), a.size()), beyond};
}

void expect_agreement(const std::string& a, const std::string& b, unsigned base) {
  for (const named_kernels& each : all_kernels) {
    if (each.kernels == nullptr) continue;
    ASSERT_EQ(by_kernel(each.kernels->add, a, b, base), by_hand(a, b, base, false))
        << each.name << ", base " << base << ": " << a << " + " << b;
    ASSERT_EQ(by_kernel(each.kernels->subtract, a, b, base), by_hand(a, b, base, true))
        << each.name << ", base " << base << ": " << a << " - " << b;
  }
}

// Digits in runs, so that long chains pass carries and borrows on.
std::string random_row(std::mt19937& random, std::size_t digits, unsigned base) {
  std::string row;
  while (row.size() < digits) {
    const std::size_t run = 1 + random() % 40;
    const unsigned special = random() % 4;
    const unsigned value = special == 0 ? base - 1 : special == 1 ? 0 : random() % base;
    row.append(std::min(run, digits - row.size()), static_cast<char>('0' + value));
  }
  return row;
}

// The complement: with it every digit of a sum passes a carry on.
std::string complement(const std::string& row, unsigned base) {
  std::string made = row;
  for (char& c : made) c = static_cast<char>('0' + base - 1 - static_cast<unsigned>(c - '0'));
  return made;
}

TEST(digit_kernels, agree_with_sums_by_hand_at_every_length) {
  std::mt19937 random(1202);
  for (std::size_t length = 0; length <= 300; ++length) {
    for (const unsigned base : {2U, 3U, 10U, 16U, 37U, 61U, 62U}) {
      const std::string a = random_row(random, length, base);
      expect_agreement(a, random_row(random, length, base), base);
      expect_agreement(a, complement(a, base), base);
      expect_agreement(a, a, base);
    }
  }
}

TEST(digit_kernels, take_every_pair_of_digits_in_every_base) {
  for (unsigned base = 2; base <= 62; ++base) {
    std::string a;
    std::string b;
    for (unsigned i = 0; i < base * base; ++i) {
      a += static_cast<char>('0' + i / base);
      b += static_cast<char>('0' + i % base);
    }
    expect_agreement(a, b, base);
    expect_agreement(b, a, base);
  }
}

TEST(digit_kernels, carry_from_any_place_through_all_the_others) {
  constexpr std::size_t length = 150;
  for (std::size_t from = 0; from < length; ++from) {
    std::string one(length, '0');
    one[from] = '1';
    expect_agreement(std::string(length, '9'), one, 10);
    expect_agreement(std::string(length, '0'), one, 10);
  }
}

TEST(digit_kernels, may_write_over_what_they_read) {
  for (const named_kernels& each : all_kernels) {
    if (each.kernels == nullptr) continue;
    std::mt19937 random(5);
    const std::string a = random_row(random, 200, 10);
    const std::string b = random_row(random, 200, 10);
    std::string in_place = a;
    each.kernels->add(in_place.data(), b.data(), in_place.data(), 200, 10);
    EXPECT_EQ(in_place, by_hand(a, b, 10, false).digits) << each.name;
  }
}

TEST(digit_kernels, best_are_one_of_them) {
  EXPECT_TRUE(&best_kernels() == &portable_kernels || &best_kernels() == avx2_kernels());
}

}  // namespace
}  // namespace fib
