// Whatever a log holds, every line is counted as one thing, and cutting the log elsewhere changes
// nothing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "countips/counting/count_block.h"
#include "countips/formats/clf.h"
#include "fuzz/require.h"
#include "fuzz/same_tallies.h"

namespace {

using countips::count_block;
using countips::line_counts;
using countips::tally;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view log(reinterpret_cast<const char*>(data), size);
  static const auto format = countips::combined_format();
  tally whole, by_line;
  const line_counts counts = count_block(log, *format, {}, 0, whole);
  require(counts.accepted + counts.blank + counts.comments + counts.rejected == counts.lines);
  require((counts.rejected == 0) == (counts.first_rejected == 0));
  require(counts.first_rejected <= counts.lines);

  // Each line alone, so that nothing is remembered from the one before.
  std::uint64_t hits = 0;
  for (std::string_view rest = log; !rest.empty();) {
    const std::size_t line_size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    hits += count_block(rest.substr(0, line_size), *format, {}, 0, by_line).accepted;
    rest.remove_prefix(line_size);
  }
  require(hits == counts.accepted);
  require(same_tallies(whole, by_line));
  return 0;
}
