// Counting one input, with the help of all threads.
#pragma once

#include <string>
#include <vector>

#include "countips/counting/count_context.h"
#include "countips/counting/file_pieces.h"
#include "countips/counting/input_format.h"
#include "countips/counting/input_result.h"
#include "countips/counting/input_rules.h"
#include "countips/input/inputs.h"
#include "countips/tallies/group_key.h"

namespace countips {

// Which format to read the input in, and where to look for those of single lines.
[[nodiscard]] input_format choose_format(const sampler& beginning, const further_sampler& further,
                                         const input_rules& rules);
[[nodiscard]] const format_list* other_formats(const input_rules& rules);

// Counts the requests into tallies of `shared.benches`; `file` is the key of its group when files
// are grouped by. May be called from several threads at once.
//
// A plain file is cut into ranges that tasks read and parse. Anything else (gzip, pipes, formats
// with headers) is read and unpacked by the calling thread. As long as inputs are waiting, it
// parses the blocks too, while they are in its caches: the other threads have inputs of their own.
// Then tasks parse them.
[[nodiscard]] input_result count_input(const count_context& shared, const input& what,
                                       group_key file);

// What one taker has counted of an input.
struct taker_result {
  input_result whole;                // Of what cannot be cut, or what is common to all pieces.
  std::vector<piece_result> pieces;  // In any order.
};

// The same for what the taker gets of an input: pieces of a plain file, in bytes behind what it may
// have of a hole at its beginning. What cannot be cut is all for the taker of number 0.
[[nodiscard]] taker_result count_share(const count_context& shared, const input& what,
                                       group_key file, const piece_taker& whose);

// The whole input out of what its takers have counted, that of number 0 first.
[[nodiscard]] input_result join_shares(std::vector<taker_result> shares, const std::string& path,
                                       const input_rules& rules);

}  // namespace countips
