#include "fib/numbers/to_digits.h"

#include <algorithm>
#include <bit>

namespace fib {

namespace {

// GMP alone is as fast below.
constexpr std::size_t least_divided = 8000;

// How often numbers are halved. Where the base is a power of two, GMP need not divide at all.
std::size_t levels_for(unsigned base, std::size_t digits) {
  std::size_t levels = 0;
  while (!std::has_single_bit(base) && digits >> levels > least_divided) ++levels;
  return levels;
}

unsigned twos_in(unsigned base) {
  return static_cast<unsigned>(std::countr_zero(base));
}

}  // namespace

digit_converter::digit_converter(const radix& in, std::size_t most_digits)
    : in_(in), odd_powers_(levels_for(in.base(), most_digits)) {
  leaf_digits_ = (most_digits >> odd_powers_.size()) + 1;
  for (std::size_t i = 0; i < odd_powers_.size(); ++i) {
    if (i == 0) {
      mpz_ui_pow_ui(odd_powers_[0].get_mpz_t(), in.base() >> twos_in(in.base()), leaf_digits_);
    } else {
      odd_powers_[i] = odd_powers_[i - 1] * odd_powers_[i - 1];
    }
  }
}

std::string digit_converter::convert(const mpz_class& value, const computation& how) const {
  std::string text(leaf_digits_ << odd_powers_.size(), '0');
  const mpz_class magnitude = abs(value);
  convert_part(magnitude, odd_powers_.size(), text.data(), how);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
  return text;
}

// By the power of this level. The twos of the divisor are bits of the value that the division
// leaves alone: they are put back below its rest.
void digit_converter::divide(const mpz_class& value, std::size_t level, mpz_class& quotient,
                             mpz_class& rest) const {
  const std::size_t twos = twos_in(in_.base()) * (leaf_digits_ << level);
  mpz_class low;
  mpz_tdiv_r_2exp(low.get_mpz_t(), value.get_mpz_t(), twos);
  quotient = value >> twos;
  mpz_tdiv_qr(quotient.get_mpz_t(), rest.get_mpz_t(), quotient.get_mpz_t(),
              odd_powers_[level].get_mpz_t());
  rest <<= twos;
  rest += low;
}

// Half of the digits are those of the quotient, the others those of the rest.
void digit_converter::convert_part(const mpz_class& value, std::size_t level, char* out,
                                   const computation& how) const {
  how.advance(0);
  if (level == 0) {
    convert_leaf(value, out);
    return how.advance(leaf_digits_);
  }
  --level;
  mpz_class quotient;
  mpz_class rest;
  divide(value, level, quotient, rest);
  how.both([&, this] { convert_part(quotient, level, out, how); },
           [&, this] { convert_part(rest, level, out + (leaf_digits_ << level), how); });
}

// By GMP, at the end of leaf_digits_ bytes that are zeros.
void digit_converter::convert_leaf(const mpz_class& value, char* out) const {
  const int base = static_cast<int>(in_.base());
  std::string text(mpz_sizeinbase(value.get_mpz_t(), base) + 2, '\0');  // A sign, a NUL.
  mpz_get_str(text.data(), base, value.get_mpz_t());
  text.resize(text.find('\0'));
  if (!in_.is_its_own_text()) in_.read_in(text);
  std::ranges::copy(text, out + (leaf_digits_ - text.size()));
}

std::string to_digits(const mpz_class& value, const radix& in, const computation& how) {
  const std::size_t most = mpz_sizeinbase(value.get_mpz_t(), static_cast<int>(in.base()));
  return digit_converter(in, most).convert(value, how);
}

}  // namespace fib
