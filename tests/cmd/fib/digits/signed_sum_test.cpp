#include "fib/digits/signed_sum.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>

#include "fib/digits/radix.h"

namespace fib {
namespace {

std::string digits_of(const mpz_class& value, const radix& in) {
  std::string text = mpz_class(abs(value)).get_str(static_cast<int>(in.base()));
  if (!in.is_its_own_text()) in.read_in(text);
  return text;
}

// In memory that ends where the sum may end, so that an address sanitizer sees one byte too many.
std::string sum(const mpz_class& a, const mpz_class& b, unsigned base = 10) {
  const radix in(base);
  const std::string left = digits_of(a, in);
  const std::string right = digits_of(b, in);
  const term x = {left, a < 0};
  const term y = {right, b < 0};
  const auto out = std::make_unique<char[]>(std::max(left.size(), right.size()) + 1);
  char* const end = write_sum(x, y, out.get(), base);
  in.write_out(out.get(), end);
  return (sum_is_negative(x, y) ? "-" : "") + std::string(out.get(), end);
}

struct sum_case {
  const char* a;
  const char* b;
  const char* want;
};

const sum_case sums[] = {
    {"0", "0", "0"},
    {"4", "5", "9"},
    {"5", "5", "10"},
    {"1", "99", "100"},
    {"8", "19392", "19400"},
    {"99999999", "900000001", "1000000000"},
    {"0", "-7", "-7"},
    {"7", "-7", "0"},
    {"-7", "7", "0"},
    {"-5", "-5", "-10"},
    {"100", "-1", "99"},
    {"-100", "1", "-99"},
    {"1", "-100", "-99"},
    {"100000000000000000000", "-1", "99999999999999999999"},
    {"123456789", "-123456788", "1"},
    {"-377", "233", "-144"},
    {"354224848179261915075", "573147844013817084101", "927372692193078999176"},
};

TEST(write_sum, gives_the_sum) {
  for (const sum_case& c : sums) {
    EXPECT_EQ(sum(mpz_class(c.a), mpz_class(c.b)), c.want) << c.a << " + " << c.b;
    EXPECT_EQ(sum(mpz_class(c.b), mpz_class(c.a)), c.want) << c.b << " + " << c.a;
  }
}

TEST(write_sum, carries_and_borrows_through_any_length) {
  for (unsigned digits = 1; digits <= 200; ++digits) {
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, digits);
    EXPECT_EQ(sum(power - 1, 1), power.get_str());
    EXPECT_EQ(sum(power, -1), mpz_class(power - 1).get_str());
    EXPECT_EQ(sum(power - 1, power - 1), mpz_class(2 * power - 2).get_str());
    EXPECT_EQ(sum(power + 1, -power), "1");
  }
}

mpz_class random_integer(std::mt19937& random) {
  mpz_class made;
  const unsigned bits = random() % 700;
  for (unsigned i = 0; i < bits; i += 16) {
    const unsigned kind = random() % 3;  // Runs of ones and zeros, so that carries go far.
    made = (made << 16) + (kind == 0 ? 0xFFFFU : kind == 1 ? 0U : random() & 0xFFFFU);
  }
  return random() % 2 == 0 ? made : mpz_class(-made);
}

TEST(write_sum, agrees_with_gmp_in_every_base) {
  std::mt19937 random(1202);
  for (unsigned base = radix::least; base <= radix::most; ++base) {
    for (int i = 0; i < 200; ++i) {
      const mpz_class a = random_integer(random);
      const mpz_class b = i % 5 == 0 ? mpz_class(1 - a) : random_integer(random);
      ASSERT_EQ(sum(a, b, base), mpz_class(a + b).get_str(static_cast<int>(base)))
          << a << " + " << b << " in base " << base;
    }
  }
}

TEST(sum_length, is_that_of_the_sum) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string a = mpz_class(abs(random_integer(random))).get_str();
    const std::string b = mpz_class(abs(random_integer(random))).get_str();
    const bool swapped = a.size() > b.size();
    const std::size_t want = mpz_class(mpz_class(a) + mpz_class(b)).get_str().size();
    ASSERT_EQ(sum_length(swapped ? b : a, swapped ? a : b, 10), want) << a << " + " << b;
  }
}

}  // namespace
}  // namespace fib
