// Counting the lines of one block.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "countips/formats/log_format.h"
#include "countips/tallies/block_sink.h"
#include "countips/tallies/line_counts.h"
#include "countips/tallies/options.h"
#include "countips/tallies/tally.h"

namespace countips {

// How the blocks of an input are counted.
struct block_rules {
  const count_options& options;
  group_key file = 0;                   // The key of the group when files are grouped by.
  host_table* hosts = nullptr;          // Needed when hosts are.
  const format_list* others = nullptr;  // In which lines that are not of the format are read.
  std::size_t most_rejects = 0;         // How many of the rejected lines are told.
};

struct block_count {
  line_counts lines;
  std::vector<rejected_line> rejects;
};

// Adds the requests of whole lines to the tally; the last line may lack its line end.
[[nodiscard]] block_count count_block(std::string_view block, const log_format& format,
                                      const block_rules& rules, tally& into);

// Of a log whose format is not known: no line is a request.
[[nodiscard]] block_count reject_block(std::string_view block, const block_rules& rules,
                                       tally& into);

// In that format alone.
[[nodiscard]] line_counts count_block(std::string_view block, const log_format& format,
                                      const count_options& options, group_key file, tally& into);

}  // namespace countips
