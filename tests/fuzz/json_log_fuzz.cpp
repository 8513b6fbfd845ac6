// Whatever a JSON log holds, every line is counted as one thing, and neither what was read before
// nor what else is wanted changes what it is.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "countips/counting/count_block.h"
#include "countips/formats/json_formats.h"
#include "fuzz/require.h"
#include "fuzz/same_tallies.h"

namespace {

using countips::count_block;
using countips::line_counts;
using countips::tally;

countips::count_options greedy() {
  countips::count_options options;
  options.reading.wanted = {
      .clock = true, .status = true, .request = true, .agent = true, .host = true};
  return options;
}

void check(std::string_view log, const countips::log_format& format) {
  static const countips::count_options wants_all = greedy();
  tally whole, with_all, by_line;
  const line_counts counts = count_block(log, format, {}, 0, whole);
  require(counts.accepted + counts.other + counts.comments + counts.blank + counts.rejected ==
          counts.lines);
  require(count_block(log, format, wants_all, 0, with_all) == counts);
  require(same_tallies(whole, with_all));

  line_counts added;  // Of each line alone.
  for (std::string_view rest = log; !rest.empty();) {
    const std::size_t line_size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    added.append(count_block(rest.substr(0, line_size), format, {}, 0, by_line));
    rest.remove_prefix(line_size);
  }
  require(added == counts);
  require(same_tallies(whole, by_line));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view log(reinterpret_cast<const char*>(data), size);
  static const auto formats = countips::json_formats();
  for (const auto& each : formats) check(log, *each);
  return 0;
}
