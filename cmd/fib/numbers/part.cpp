#include "fib/numbers/part.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <utility>

namespace fib {

namespace {

// What the residues are by: of the last digits, a power of the base.
mpz_class modulus_of(const part& wanted, const radix& in) {
  if (wanted.kind == part_kind::remainder) return wanted.modulus;
  mpz_class made;
  mpz_ui_pow_ui(made.get_mpz_t(), in.base(), wanted.digits);
  return made;
}

std::uint64_t leading_digits_wanted(const part& wanted) {
  return wanted.kind == part_kind::first ? wanted.digits : 0;
}

}  // namespace

std::uint64_t part_steps(const sequence& of, const radix& in, const part& wanted, index at) {
  const auto distance = static_cast<std::uint64_t>(std::abs(at)) + 1;
  const auto doublings = static_cast<std::uint64_t>(std::bit_width(distance)) - 1;
  const auto modulus = wanted.kind == part_kind::remainder
                           ? mpz_sizeinbase(wanted.modulus.get_mpz_t(), 2)
                           : wanted.digits * static_cast<std::uint64_t>(std::bit_width(in.base()));
  const auto leading = leading_walk::enough_bits(of, in, leading_digits_wanted(wanted), at);
  switch (wanted.kind) {
    case part_kind::remainder:
      return doublings * modulus;
    case part_kind::last:
      return doublings * (modulus + leading);
    default:
      return doublings * leading;
  }
}

part_walk::part_walk(const sequence& of, const radix& in, part wanted, index first,
                     const computation& how)
    : of_(of), in_(in), wanted_(std::move(wanted)), how_(how), at_(first) {
  if (wanted_.kind != part_kind::remainder) {
    const std::uint64_t digits = leading_digits_wanted(wanted_);
    leading_.emplace(of, in, digits, first, leading_walk::enough_bits(of, in, digits, first), how);
  }
  if (wanted_.kind == part_kind::remainder || wanted_.kind == part_kind::last) {
    residues_.emplace(of, modulus_of(wanted_, in), first, how);
  }
}

std::string part_walk::next() {
  std::string text = text_now();
  if (leading_) leading_->advance();
  if (residues_) residues_->advance();
  ++at_;
  return text;
}

std::string part_walk::text_now() {
  if (!leading_) return residues_->look().get_str(static_cast<int>(in_.base()));
  const leading_digits found = leading();
  if (wanted_.kind == part_kind::length) return std::to_string(found.length);
  if (wanted_.kind == part_kind::last) return last_digits(found);
  return (found.negative ? "-" : "") + found.first;
}

leading_digits part_walk::leading() {
  if (auto found = leading_->look()) return *std::move(found);
  return leading_digits_of(of_, in_, leading_digits_wanted(wanted_), at_, how_);
}

// The residue of a negative number counts from the other end.
std::string part_walk::last_digits(const leading_digits& whole) const {
  mpz_class rest = residues_->look();
  if (whole.negative && rest != 0) rest = modulus_of(wanted_, in_) - rest;
  std::string text = rest.get_str(static_cast<int>(in_.base()));
  const std::uint64_t shown = std::min(whole.length, wanted_.digits);
  if (text.size() < shown) text.insert(0, shown - text.size(), '0');
  return text;
}

}  // namespace fib
