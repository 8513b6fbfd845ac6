// What is shown of a number: all of it, or a part that can be had without computing it.
#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <string>

#include "fib/digits/radix.h"
#include "fib/indices/index_range.h"
#include "fib/numbers/computation.h"
#include "fib/numbers/leading.h"
#include "fib/numbers/residues.h"
#include "fib/numbers/sequence.h"

namespace fib {

enum class part_kind {
  whole,
  length,     // How many digits it has, without a sign.
  first,      // Its first digits, behind its sign.
  last,       // Its last digits, zeros among them, without a sign; all if it has no more.
  remainder,  // By the modulus, never negative.
};

struct part {
  part_kind kind = part_kind::whole;
  std::uint64_t digits = 0;  // How many, of first and last.
  mpz_class modulus = 0;     // Of remainder.
};

// The steps that it takes to come to that part of G(at), nearly.
[[nodiscard]] std::uint64_t part_steps(const sequence& of, const radix& in, const part& wanted,
                                       index at);

// Gives that part of one number after the other, in the base; lengths always in decimal. Not
// thread-safe. REQUIRES a part other than the whole.
class part_walk {
 public:
  part_walk(const sequence& of, const radix& in, part wanted, index first,
            const computation& how = {});

  // Of the number it is at; then goes on to the next.
  [[nodiscard]] std::string next();

 private:
  [[nodiscard]] leading_digits leading();
  [[nodiscard]] std::string last_digits(const leading_digits& whole) const;
  [[nodiscard]] std::string text_now();

  sequence of_;
  radix in_;
  part wanted_;
  computation how_;
  index at_;
  std::optional<leading_walk> leading_;
  std::optional<residue_walk> residues_;
};

}  // namespace fib
