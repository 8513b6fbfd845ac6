#include "copytree/shell/copy_progress.h"

#include <algorithm>

namespace copytree {

namespace {

// To make a small file takes as long as to copy some 60 KiB: 40,000 of them against 1.6 GB in
// tests/bench/copytree.sh, on ext4.
constexpr std::uint64_t item_cost = 60 * 1024;

}  // namespace

cli::progress_sample copy_progress::sample() {
  sources_.start();
  const bool complete = complete_;  // Before the numbers, which do not change any more then.
  // A file leaves `under_way` just before it is settled, or is begun anew: hence the maximum.
  bytes_ = std::max(bytes_, counts_.settled.bytes() + counts_.under_way + counts_.away.under_way);
  if (complete) bytes_ = counts_.settled.bytes();
  const std::uint64_t items = counts_.settled.entries();
  return {.items = items,
          .items_total = complete ? items : std::max(items, counts_.found.entries()),
          .bytes = bytes_,
          .bytes_total = complete ? bytes_ : std::max(bytes_, counts_.found.bytes()),
          .bytes_moved = counts_.copied.bytes_moved + counts_.away.bytes_moved,
          .counting = !complete && counts_.counting,
          .current = counts_.current.get(),
          .unit = "entries",
          .item_cost = item_cost};
}

}  // namespace copytree
