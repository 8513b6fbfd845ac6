// Parts of consecutive numbers as text.
#pragma once

#include <cstdint>
#include <string>

#include "fib/indices/index_range.h"
#include "fib/numbers/computation.h"
#include "fib/text/request.h"

namespace fib {

struct part_block {
  std::string text;  // As of block.
  std::uint64_t count = 0;
};

// REQUIRES numbers.count >= 1, and parts that are not the whole. Throws stopped.
[[nodiscard]] part_block make_part_block(const request& what, const index_range& numbers,
                                         const computation& how = {});

// How many of these numbers make a block: enough for its start not to matter. 1: their parts are so
// long that it does.
[[nodiscard]] std::uint64_t part_block_count(const request& what, const index_range& numbers);

}  // namespace fib
