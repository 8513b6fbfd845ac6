// The first digits of numbers too long to be computed, and how many digits they have.
#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "fib/digits/radix.h"
#include "fib/indices/index_range.h"
#include "fib/numbers/bounded.h"
#include "fib/numbers/computation.h"
#include "fib/numbers/sequence.h"

namespace fib {

struct leading_digits {
  std::uint64_t length = 1;  // Of the whole number, without a sign.
  bool negative = false;
  std::string first;  // As printed: as many as were asked for, or all if there are fewer.
};

// Goes from number to number, each known to a few bits more than its first digits need. What it
// gives is certain: the bounds on a number, and on the powers of the base beside it, leave no other
// answer. Not thread-safe.
class leading_walk {
 public:
  // `digits` may be 0: then only lengths are asked for. Starts by doubling, on so many bits, each
  // of which counts as a step.
  leading_walk(const sequence& of, const radix& in, std::uint64_t digits, index first,
               std::size_t bits, const computation& how = {});

  // The bits that will do nearly always for a walk of up to 2^16 numbers.
  [[nodiscard]] static std::size_t enough_bits(const sequence& of, const radix& in,
                                               std::uint64_t digits, index first);

  // Of the number it is at; nothing if the bits do not do.
  [[nodiscard]] std::optional<leading_digits> look();

  void advance();

 private:
  [[nodiscard]] bool find_length(const bounded& magnitude);
  void add_to_length_for(const bounded& magnitude);
  void set_length(std::uint64_t length);
  void guess_length(const bounded& magnitude);

  radix in_;
  std::uint64_t digits_;
  std::size_t bits_;
  computation how_;
  bounded at_;
  bounded next_;
  std::uint64_t length_ = 0;       // 0: not known yet.
  bounded least_;                  // The least number of that length, base^(length_ - 1).
  bounded above_;                  // The least that is longer.
  bounded unit_;                   // What the first digits count,
  std::uint64_t unit_length_ = 0;  // in numbers of that length.
};

// The same for a single number, on as many bits as it takes.
[[nodiscard]] leading_digits leading_digits_of(const sequence& of, const radix& in,
                                               std::uint64_t digits, index at,
                                               const computation& how = {});

}  // namespace fib
