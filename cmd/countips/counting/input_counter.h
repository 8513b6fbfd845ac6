// Counting one input, with the help of all threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "countips/counting/count_block.h"
#include "countips/counting/input_format.h"
#include "countips/counting/input_rules.h"
#include "countips/counting/object_pool.h"
#include "countips/counting/progress.h"
#include "countips/input/failure.h"
#include "countips/input/inputs.h"
#include "countips/input/range_reader.h"
#include "countips/input/source.h"
#include "countips/tallies/options.h"
#include "countips/tallies/tally.h"
#include "par/pools/executor.h"

namespace countips {

// What a task counts with.
struct workbench {
  tally counted;
  range_reader reader;
};

struct input_result {
  line_counts lines;
  std::optional<failure> failed;  // The first one; what could be read is counted all the same.
  format_summary format;
  std::vector<rejected_line> rejects;  // The first ones.
};

// Nothing was understood: it would be wrong to report that as so many requests, be it none. What
// was understood but is not asked for is another matter.
[[nodiscard]] bool is_no_log(const input_result& result);

// What to say of it then.
[[nodiscard]] failure no_log_failure(const input_result& result);

// Adds what comes next.
void append(input_result& to, block_count counted, const std::string& path,
            const input_rules& rules);

// Which format to read the input in, and where to look for those of single lines.
[[nodiscard]] input_format choose_format(const sampler& beginning, const further_sampler& further,
                                         const input_rules& rules);
[[nodiscard]] const format_list* other_formats(const input_rules& rules);

// What the inputs of one count share.
struct count_context {
  const count_options& options;
  const input_rules& rules;
  file_system& files;
  par::executor& on;
  const std::atomic<bool>& stop;  // Once set, what is not counted yet is left out.
  count_progress& progress;
  object_pool<workbench>& benches;
  host_table& hosts;
  // How many inputs no thread has begun with. Null if they are counted one after the other.
  const std::atomic<std::size_t>* waiting = nullptr;
};

// What the tasks have counted. REQUIRES that none is at work.
[[nodiscard]] std::vector<tally> take_tallies(object_pool<workbench>& benches);

// Counts the requests into tallies of `shared.benches`; `file` is the key of its group when files
// are grouped by. May be called from several threads at once.
//
// A plain file is cut into ranges that tasks read and parse. Anything else (gzip, pipes, formats
// with headers) is read and unpacked by the calling thread. As long as inputs are waiting, it
// parses the blocks too, while they are in its caches: the other threads have inputs of their own.
// Then tasks parse them.
[[nodiscard]] input_result count_input(const count_context& shared, const input& what,
                                       group_key file);

// Of an input that others count the rest of: the lines that start in that part of it, in bytes
// behind what it may have of a hole at its beginning. What cannot be cut is all in the part that
// begins at 0. Whether it is a log shows when all parts have been put together.
[[nodiscard]] input_result count_part(const count_context& shared, const input& what,
                                      group_key file, byte_range part);

// No end of a part.
constexpr std::uint64_t to_the_end = std::numeric_limits<std::uint64_t>::max();

}  // namespace countips
