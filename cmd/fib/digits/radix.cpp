#include "fib/digits/radix.h"

#include <string_view>

namespace fib {

namespace {

constexpr std::string_view small_first = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view capitals_first =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

}  // namespace

radix::radix(unsigned base) : base_(base) {
  const std::string_view alphabet = base <= small_first.size() ? small_first : capitals_first;
  for (unsigned value = 0; value < base; ++value) {
    printed_['0' + value] = alphabet[value];
    digits_[index_of(alphabet[value])] = static_cast<char>('0' + value);
  }
}

}  // namespace fib
