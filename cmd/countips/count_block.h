// Counting the lines of one block.
#pragma once

#include <cstdint>
#include <string_view>

#include "countips/options.h"
#include "countips/tally.h"

namespace countips {

// lines = hits + blank + malformed, always.
struct line_counts {
  std::uint64_t lines = 0;
  std::uint64_t hits = 0;
  std::uint64_t blank = 0;
  std::uint64_t malformed = 0;
  std::uint64_t first_malformed = 0;  // Number of that line, the first being 1; 0 if there is none.

  friend bool operator==(const line_counts&, const line_counts&) = default;
};

// Adds the requests of whole lines to the tally; the last line may lack its line end. `file` is the
// key of the group when files are grouped by.
[[nodiscard]] line_counts count_block(std::string_view block, const count_options& options,
                                      group_key file, tally& into);

}  // namespace countips
