// What is to be printed, and how, but for the indices.
#pragma once

#include <cstdint>

#include "fib/digits/radix.h"
#include "fib/indices/index_range.h"
#include "fib/numbers/lengths.h"
#include "fib/numbers/part.h"
#include "fib/numbers/sequence.h"
#include "fib/text/layout.h"

namespace fib {

// Constant while blocks are made of it, so threads may share it.
struct request {
  sequence of = {};
  radix in = radix();
  part wanted = {};
  layout as = {};

  // Of the sequence in the base; to be made again when these change.
  length_bounds lengths = length_bounds(of, in);

  // The part that is wanted, with no more digits than the longest of these numbers has.
  [[nodiscard]] part wanted_of(const index_range& numbers) const;

  // Bytes that are enough for these numbers, if they are whole.
  [[nodiscard]] std::uint64_t text_bound(const index_range& numbers) const noexcept;

  // Of each number, beside its digits.
  [[nodiscard]] std::uint64_t frame_bound() const noexcept;
};

}  // namespace fib
