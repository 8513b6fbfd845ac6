// How a long range is cut into blocks.
//
// A block either starts by itself, from two numbers that GMP computes and converts to decimal, or
// continues the block before it. Those that start by themselves are made in parallel, but pay for
// the conversion, which for D digits takes about D^1.5: as long as summing 70 KB of text at
// D = 1,000, 600 KB at 5,000, 1.8 MB at 10,000, 20 MB at 50,000 (GMP 6.2, sums at 8 GB/s). So these
// blocks get at least 300 numbers, so that the two conversions take at most about as long as the
// sums, for as long as that many fit in 3 MiB: up to D = 10,000, near index 50,000. Farther out a
// chain of additions is as fast as a pipe can take it, and each block continues the one before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fib/indices/index_range.h"
#include "fib/text/request.h"

namespace fib {

// What bounds memory; the output never depends on it.
struct block_limits {
  std::uint64_t bytes = 512 << 10;        // Text of a block, unless a rule below wants more.
  std::uint64_t numbers = 300;            // At least so many start by themselves,
  std::uint64_t most_bytes = 3 << 20;     // if they take no more than this.
  std::uint64_t single_bytes = 3 << 20;   // A number that is all of its range starts by itself too.
  std::uint64_t window_bytes = 48 << 20;  // All blocks that are made or waiting to be printed.
};

// Where a range stops to be made of blocks that start by themselves, and these blocks in order.
struct block_plan {
  std::vector<index_range> independent;
  index_range chained;        // The rest; may be empty.
  std::uint64_t largest = 1;  // Bytes of the largest independent block.
};
// A single number is a block of its own unless it is longer than limits.single_bytes.
[[nodiscard]] block_plan plan_blocks(const request& what, index_range numbers,
                                     const block_limits& limits);

// The first block of a non-empty range that is to be chained: `limits.bytes` of text, but at least
// two numbers, so that the next block finds in it all that it starts from.
[[nodiscard]] index_range next_chained(const request& what, const index_range& rest,
                                       const block_limits& limits);

}  // namespace fib
