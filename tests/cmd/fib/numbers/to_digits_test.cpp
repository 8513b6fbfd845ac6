#include "fib/numbers/to_digits.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "cmd/fib/reference.h"
#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"

namespace fib {
namespace {

std::string printed(std::string digits, const radix& in) {
  in.write_out(digits.data(), digits.data() + digits.size());
  return digits;
}

TEST(to_digits, agrees_with_gmp_in_every_base) {
  par::thread_pool pool(2);
  const std::atomic<bool> never = false;
  std::atomic<std::uint64_t> steps = 0;
  const mpz_class value = reference::fibonacci(200'003);  // Divided several times in most bases.
  for (unsigned base = radix::least; base <= radix::most; ++base) {
    const radix in(base);
    const std::string want = value.get_str(static_cast<int>(base));
    ASSERT_TRUE(printed(to_digits(value, in, {pool, never, steps}), in) == want) << base;
  }
}

TEST(to_digits, keeps_zeros_inside_and_drops_them_before) {
  for (const unsigned digits : {0U, 1U, 7'999U, 8'000U, 8'001U, 16'001U, 100'000U}) {
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, digits);
    EXPECT_TRUE(to_digits(power, radix()) == '1' + std::string(digits, '0')) << digits;
    EXPECT_TRUE(to_digits(power - 1, radix()) == (digits == 0 ? "0" : std::string(digits, '9')));
  }
}

TEST(to_digits, leaves_the_sign_out) {
  EXPECT_EQ(to_digits(-42, radix()), "42");
  EXPECT_EQ(to_digits(0, radix()), "0");
}

TEST(digit_converter, takes_numbers_shorter_than_it_was_made_for) {
  const digit_converter converter(radix(), 300'000);
  for (const unsigned exponent : {0U, 1U, 1000U, 60'000U, 299'999U}) {
    mpz_class value;
    mpz_ui_pow_ui(value.get_mpz_t(), 10, exponent);
    EXPECT_TRUE(converter.convert(value + 7) == mpz_class(value + 7).get_str()) << exponent;
  }
}

TEST(digit_converter, counts_a_step_for_each_digit) {
  par::serial_executor on;
  const std::atomic<bool> never = false;
  std::atomic<std::uint64_t> steps = 0;
  const std::string digits = to_digits(reference::fibonacci(200'000), radix(), {on, never, steps});
  EXPECT_GE(steps, digits.size());
  EXPECT_LE(steps, digits.size() + 100);
}

TEST(digit_converter, stops_when_told) {
  par::thread_pool pool(2);
  const std::atomic<bool> stop = true;
  std::atomic<std::uint64_t> steps = 0;
  const digit_converter converter(radix(), 100'000);
  EXPECT_THROW(static_cast<void>(converter.convert(1, {pool, stop, steps})), stopped);
}

}  // namespace
}  // namespace fib
