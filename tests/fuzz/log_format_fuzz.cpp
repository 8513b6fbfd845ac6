// The first line is a LogFormat or log_format string, the others are a log in it. Whatever they
// are, every line is counted as one thing, the same as on its own, and the same lines count
// whatever is wanted of them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "countips/counting/count_block.h"
#include "countips/formats/text_format.h"
#include "fuzz/require.h"
#include "fuzz/same_tallies.h"

namespace {

using countips::count_block;
using countips::count_options;
using countips::line_counts;
using countips::tally;

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
  text.remove_prefix(line.size());
  return line;
}

void read_in_every_way(const countips::text_format& format, std::string_view log,
                       const count_options& options) {
  tally whole, by_line, full;
  const line_counts counts = count_block(log, format, options, 0, whole);
  require(counts.accepted + counts.blank + counts.comments + counts.rejected == counts.lines);

  // Each line alone, so that nothing is remembered from the one before.
  std::uint64_t hits = 0;
  for (std::string_view rest = log; !rest.empty();) {
    const std::string_view line = take_line(rest);
    hits += count_block(line, format, options, 0, by_line).accepted;
    static_cast<void>(format.fits(line.substr(0, line.find('\n'))));
  }
  require(hits == counts.accepted);
  require(same_tallies(whole, by_line));

  count_options wanting = options;
  wanting.reading.wanted = {
      .clock = true, .status = true, .request = true, .agent = true, .host = true};
  require(count_block(log, format, wanting, 0, full) == counts);
  require(same_tallies(whole, full));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(text.find('\n'), text.size());
  const auto format = countips::compile_log_format(text.substr(0, end));
  if (!format) {
    require(!format.error().reason.empty() && format.error().position <= end);
    return 0;
  }
  text.remove_prefix(std::min(end + 1, size));
  count_options options;
  read_in_every_way(**format, text, options);
  options.reading.forwarded = true;
  read_in_every_way(**format, text, options);
  return 0;
}
