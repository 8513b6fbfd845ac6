#include "fib/nth.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

#include <random>

#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#include "reference.h"

namespace fib {
namespace {

struct known_number {
  std::uint64_t index;
  std::string want;
};

const known_number known_numbers[] = {
    {0, "0"},
    {1, "1"},
    {2, "1"},
    {3, "2"},
    {10, "55"},
    {93, "12200160415121876738"},  // The last that fits in 64 bits.
    {94, "19740274219868223167"},
    {100, "354224848179261915075"},
    {300, "222232244629420445529739893461909967206666939096499764990979600"},
};

TEST(number, gives_known_numbers) {
  for (const known_number& c : known_numbers) {
    SCOPED_TRACE(c.index);
    EXPECT_EQ(number(c.index), c.want);
  }
}

TEST(number, has_no_padding_at_any_length) {
  std::string current = "0";
  for (std::uint64_t index = 1; index < 2000; ++index) {
    const std::string text = number(index);
    ASSERT_TRUE(text.size() == current.size() || text.size() == current.size() + 1) << index;
    ASSERT_NE(text.front(), '0') << index;
    ASSERT_EQ(text.find_first_not_of("0123456789"), std::string::npos) << index;
    current = text;
  }
}

// F(n-1) F(n+1) - F(n)^2 = (-1)^n (G. D. Cassini, 1680).
TEST(number, satisfies_cassinis_identity) {
  std::mt19937 random(1680);
  for (int i = 0; i < 50; ++i) {
    const std::uint64_t n = 1 + random() % 100'000;
    const mpz_class before(number(n - 1));
    const mpz_class self(number(n));
    const mpz_class after(number(n + 1));
    EXPECT_TRUE(before * after - self * self == (n % 2 == 0 ? 1 : -1)) << n;
  }
}

TEST(numbers_before, are_the_two_below_the_index) {
  par::serial_executor serial;
  par::thread_pool pool(2);
  EXPECT_EQ(numbers_before(1).before_last, "1");  // F(-1)
  EXPECT_EQ(numbers_before(1).last, "0");
  for (const std::uint64_t index : {2U, 3U, 7U, 1000U, 40'000U}) {
    SCOPED_TRACE(index);
    for (const neighbours& found :
         {numbers_before(index), numbers_before(index, serial), numbers_before(index, pool)}) {
      EXPECT_EQ(found.before_last, number(index - 2));
      EXPECT_EQ(found.last, number(index - 1));
    }
  }
}

}  // namespace
}  // namespace fib
