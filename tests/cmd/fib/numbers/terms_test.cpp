#include "fib/numbers/terms.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "cmd/fib/reference.h"
#include "par/pools/thread_pool.h"

namespace fib {
namespace {

const sequence sequences[] = {
    {},
    {.zeroth = 2, .first = 1},
    {.zeroth = -5, .first = 3},
    {.zeroth = 0, .first = 0},
    {.zeroth = 377, .first = -233},
    {.zeroth = mpz_class("123456789012345678901234567890"), .first = -1},
};

TEST(terms_at, agree_with_additions_on_both_sides_of_zero) {
  for (const sequence& of : sequences) {
    for (index at = -200; at <= 200; ++at) {
      const terms found = terms_at(of, at);
      ASSERT_EQ(found.at, reference::value(of, at)) << of.zeroth << ',' << of.first << ' ' << at;
      ASSERT_EQ(found.next, reference::value(of, at + 1));
      ASSERT_EQ(term_at(of, at), found.at);
    }
  }
}

// Indices above the one from which squarings are shared out.
TEST(terms_at, agree_with_gmp_at_random_indices_up_to_a_million) {
  par::thread_pool pool(2);
  const std::atomic<bool> never = false;
  std::atomic<std::uint64_t> steps = 0;
  const computation how(pool, never, steps);
  std::mt19937 random(13);
  for (int i = 0; i < 30; ++i) {
    const index at = static_cast<index>(random() % 2'000'001) - 1'000'000;
    ASSERT_EQ(term_at({}, at, how), reference::fibonacci(at)) << at;
    ASSERT_EQ(terms_at({}, at).next, reference::fibonacci(at + 1)) << at;
  }
  EXPECT_GT(steps, 0U);
}

// F(n-1) F(n+1) - F(n)^2 = (-1)^n (G. D. Cassini, 1680).
TEST(terms_at, satisfy_cassinis_identity) {
  std::mt19937 random(1680);
  for (int i = 0; i < 50; ++i) {
    const index n = static_cast<index>(random() % 400'000) - 200'000;
    const terms pair = terms_at({}, n);
    const mpz_class before = pair.next - pair.at;
    EXPECT_TRUE(before * pair.next - pair.at * pair.at == (n % 2 == 0 ? 1 : -1)) << n;
  }
}

// F(2n) = F(n) L(n), and L(n)^2 = 5 F(n)^2 + 4 (-1)^n, L being the numbers of Lucas.
TEST(terms_at, satisfy_the_identities_with_lucas_numbers) {
  std::mt19937 random(1878);
  for (int i = 0; i < 50; ++i) {
    const index n = static_cast<index>(random() % 400'000) - 200'000;
    const mpz_class number = term_at({}, n);
    const mpz_class lucas = term_at({.zeroth = 2, .first = 1}, n);
    EXPECT_TRUE(term_at({}, 2 * n) == number * lucas) << n;
    EXPECT_TRUE(lucas * lucas == 5 * number * number + (n % 2 == 0 ? 4 : -4)) << n;
  }
}

TEST(terms_at, stop_when_told) {
  par::thread_pool pool(1);
  const std::atomic<bool> stop = true;
  std::atomic<std::uint64_t> steps = 0;
  EXPECT_THROW(static_cast<void>(term_at({}, 1'000'000, {pool, stop, steps})), stopped);
}

struct start_case {
  const char* text;
  const char* zeroth;  // Null: refused.
  const char* first_or_message;
};

const start_case starts[] = {
    {"2,1", "2", "1"},
    {"-5,3", "-5", "3"},
    {"0,-0", "0", "0"},
    {"123456789012345678901234567890,-1", "123456789012345678901234567890", "-1"},
    {"2", nullptr, "two integers are needed, as in 2,1"},
    {"", nullptr, "two integers are needed, as in 2,1"},
    {",1", nullptr, "before the comma: not an integer"},
    {"2,", nullptr, "behind the comma: not an integer"},
    {"2,1,3", nullptr, "behind the comma: not an integer"},
    {"2, 1", nullptr, "behind the comma: not an integer"},
    {"--2,1", nullptr, "before the comma: not an integer"},
    {"0x2,1", nullptr, "before the comma: not an integer"},
    {"+2,1", nullptr, "before the comma: not an integer"},
};

TEST(parse_start, takes_two_integers) {
  for (const start_case& c : starts) {
    SCOPED_TRACE(c.text);
    const auto start = parse_start(c.text);
    ASSERT_EQ(start.has_value(), c.zeroth != nullptr);
    if (start) {
      EXPECT_EQ(start->zeroth, mpz_class(c.zeroth));
      EXPECT_EQ(start->first, mpz_class(c.first_or_message));
    } else {
      EXPECT_EQ(start.error(), c.first_or_message);
    }
  }
}

}  // namespace
}  // namespace fib
