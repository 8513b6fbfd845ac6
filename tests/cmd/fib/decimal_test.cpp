#include "fib/decimal.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace fib {
namespace {

// In memory that ends where the sum ends, so that an address sanitizer sees one byte too many.
std::string sum(std::string_view a, std::string_view b) {
  const std::size_t digits = sum_digits(a, b);
  const auto exact = std::make_unique<char[]>(digits);
  char* const end = add_decimal(a, b, exact.get());
  EXPECT_EQ(end, exact.get() + digits);
  return {exact.get(), digits};
}

std::string gmp_sum(const std::string& a, const std::string& b) {
  return mpz_class(mpz_class(a, 10) + mpz_class(b, 10)).get_str();
}

std::string nines(std::size_t count) {
  return std::string(count, '9');
}
std::string power_of_ten(std::size_t exponent) {
  return '1' + std::string(exponent, '0');
}

struct sum_case {
  const char* name;
  std::string a;
  std::string b;
  std::string want;
};

const sum_case sums[] = {
    {"zeros", "0", "0", "0"},
    {"no carry", "4", "5", "9"},
    {"carry out", "5", "5", "10"},
    {"shorter first", "1", "99", "100"},
    {"carry ends midway", "8", "19392", "19400"},
    {"one word", "12345678", "87654321", "99999999"},
    {"one word, carry out of it", "12345678", "87654322", "100000000"},
    {"one word and a digit", "99999999", "900000001", "1000000000"},
    {"carry between words", "0000000099999999", "1111111100000001", "1111111200000000"},
    {"two words of nines", nines(16), "1" + nines(16), "2" + nines(15) + "8"},
    {"F(100) + F(101)", "354224848179261915075", "573147844013817084101", "927372692193078999176"},
};

TEST(add_decimal, gives_the_sum) {
  for (const sum_case& c : sums) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(sum(c.a, c.b), c.want);
  }
}

TEST(add_decimal, carries_through_all_nines_of_any_length) {
  for (std::size_t digits = 1; digits <= 200; ++digits) {
    EXPECT_EQ(sum("1", nines(digits)), power_of_ten(digits));
    EXPECT_EQ(sum(nines(digits), nines(digits)), "1" + nines(digits - 1) + "8");
    EXPECT_EQ(sum(nines(digits), power_of_ten(digits)), "1" + nines(digits));
  }
}

TEST(add_decimal, takes_every_pair_of_digits_with_and_without_carry) {
  for (int a = 0; a <= 9; ++a) {
    for (int b = 0; b <= 9; ++b) {
      for (const char* const below : {"0", "9"}) {
        // Once in the middle of a word, once in the odd digits before the words.
        for (const std::size_t length : {3U, 11U}) {
          const std::string x = "1" + std::to_string(a) + std::string(length - 2, below[0]);
          const std::string y = "1" + std::to_string(b) + std::string(length - 2, below[0]);
          EXPECT_EQ(sum(x, y), gmp_sum(x, y)) << x << " + " << y;
        }
      }
    }
  }
}

// Digits in runs, so that long chains of nines occur.
std::string random_number(std::mt19937& random, std::size_t digits) {
  std::string text;
  while (text.size() < digits) {
    const std::size_t run = 1 + random() % 12;
    const char digit = random() % 3 == 0 ? '9' : static_cast<char>('0' + random() % 10);
    text.append(std::min(run, digits - text.size()), digit);
  }
  if (text[0] == '0') text[0] = '1';
  return text;
}

TEST(add_decimal, agrees_with_gmp_on_random_lengths) {
  std::mt19937 random(1202);
  for (int i = 0; i < 20'000; ++i) {
    const std::size_t longer = 1 + random() % 100;
    const std::size_t shorter = 1 + random() % longer;
    const std::string a = random_number(random, shorter);
    const std::string b = random_number(random, longer);
    ASSERT_EQ(sum(a, b), gmp_sum(a, b)) << a << " + " << b;
  }
}

}  // namespace
}  // namespace fib
