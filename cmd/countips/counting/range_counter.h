// Counting the lines of a plain file in pieces.
#pragma once

#include <cstdint>
#include <functional>

#include "countips/counting/block_formats.h"
#include "countips/counting/count_block.h"
#include "countips/counting/count_context.h"
#include "countips/counting/file_pieces.h"
#include "countips/counting/input_result.h"
#include "countips/input/source.h"

namespace countips {

using piece_sink = std::function<void(piece_result)>;

// Counts the lines of a file of that size into tallies of `shared.benches`, on all threads. Tells
// `add` of its pieces in their order, on the calling thread. What cannot be read does not keep the
// rest from being counted.
void count_ranges(const count_context& shared, const block_rules& rules,
                  const block_formats& formats, source& from, std::uint64_t size,
                  const piece_sink& add);

// The same for what the taker gets of it, on the calling thread and in any order.
void count_ranges(const count_context& shared, const block_rules& rules,
                  const block_formats& formats, source& from, std::uint64_t size,
                  const piece_taker& whose, const piece_sink& add);

}  // namespace countips
