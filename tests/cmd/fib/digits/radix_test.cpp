#include "fib/digits/radix.h"

#include <gmpxx.h>
#include <gtest/gtest.h>

namespace fib {
namespace {

TEST(radix, writes_digits_as_gmp_does) {
  for (unsigned base = radix::least; base <= radix::most; ++base) {
    const radix in(base);
    std::string digits;
    std::string want;
    for (unsigned value = 0; value < base; ++value) {
      digits += static_cast<char>('0' + value);
      want += mpz_class(value).get_str(static_cast<int>(base));
    }
    std::string text = digits;
    in.write_out(text.data(), text.data() + text.size());
    EXPECT_EQ(text, want) << base;
    in.read_in(text);
    EXPECT_EQ(text, digits) << base;
    EXPECT_EQ(in.is_its_own_text(), text == want) << base;
  }
}

}  // namespace
}  // namespace fib
