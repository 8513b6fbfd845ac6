// Stripping a prefix leaves one line, the same whatever was stripped before, and a log behind
// prefixes has as many lines as it had.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "countips/counting/count_block.h"
#include "countips/formats/clf.h"
#include "countips/formats/prefixed.h"
#include "fuzz/require.h"

namespace {

void check(std::string_view log, countips::line_prefix prefix) {
  countips::prefix_stripper remembering(prefix);
  std::uint64_t lines = 0;
  for (std::string_view rest = log; !rest.empty(); ++lines) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    countips::prefix_stripper fresh(prefix);
    const std::optional<std::string_view> stripped = fresh.strip(line);
    require(remembering.strip(line) == stripped);
    require(!stripped || stripped->find('\n') == std::string_view::npos);
    require(!stripped || countips::find_prefix(line) <= prefix);
  }
  countips::tally counted;
  const auto format = countips::prefixed_format(prefix, countips::combined_format());
  const countips::line_counts counts = countips::count_block(log, *format, {}, 0, counted);
  require(counts.lines == lines);
  require(counts.accepted + counts.blank + counts.comments + counts.rejected == lines);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view log(reinterpret_cast<const char*>(data), size);
  for (const countips::line_prefix each : countips::prefixes()) check(log, each);
  return 0;
}
