// How a long range is cut into blocks.
//
// A block either starts by itself, from two numbers that GMP computes and converts to decimal, or
// continues the block before it. Those that start by themselves are made in parallel, but pay for
// the conversion, which for D digits takes about D^1.4: as long as summing 40 KB of text at
// D = 1,000, 340 KB at 5,000, 880 KB at 10,000, 10 MB at 50,000 (GMP 6.2, sums at 4.5 GB/s). So
// these blocks get at least 300 numbers, which keeps the conversion below a third of a sum's work,
// for as long as that many fit in 3 MiB: up to D = 10,000, near index 50,000. Farther out a chain
// of additions is as fast as a pipe can take it, and each block continues the one before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fib/range.h"

namespace fib {

// What bounds memory; the output never depends on it.
struct block_limits {
  std::uint64_t bytes = 512 << 10;        // Text of a block, unless a rule below wants more.
  std::uint64_t numbers = 300;            // At least so many start by themselves,
  std::uint64_t most_bytes = 3 << 20;     // if they take no more than this.
  std::uint64_t window_bytes = 48 << 20;  // All blocks that are made or waiting to be printed.
};

// Where a range stops to be made of blocks that start by themselves, and these blocks in order.
struct block_plan {
  std::vector<index_range> independent;
  index_range chained;     // The rest; may be empty.
  std::size_t window = 1;  // How many independent blocks may be under way at once.
};
[[nodiscard]] block_plan plan_blocks(index_range numbers, const block_limits& limits);

// The first block of a non-empty range that is to be chained: `limits.bytes` of text, but at least
// two numbers, so that the next block finds in it all that it starts from.
[[nodiscard]] index_range next_chained(index_range rest, const block_limits& limits);

}  // namespace fib
