// Whatever a log holds: every line is counted as one thing, and a log cut in two at a line end has
// the same lines, requests and clients as the whole.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "countips/counting/count_block.h"
#include "countips/formats/known_formats.h"
#include "countips/formats/recognise.h"
#include "fuzz/require.h"
#include "fuzz/same_tallies.h"

namespace {

using countips::count_block;
using countips::line_counts;
using countips::tally;
using format = std::shared_ptr<const countips::log_format>;

line_counts count_part(std::string_view part, const countips::log_format& as, tally& into) {
  static const countips::count_options plain;
  return count_block(part, as, {.options = plain, .others = &countips::known_formats()}, into)
      .lines;
}

// In the format that the first part tells for the second.
line_counts count_halves(std::string_view log, std::size_t cut, const format& as, tally& into) {
  line_counts counts = count_part(log.substr(0, cut), *as, into);
  const format next = as->has_headers() ? as->after(log.substr(0, cut)) : nullptr;
  counts.append(count_part(log.substr(cut), next ? *next : *as, into));
  return counts;
}

void check(std::string_view log, const format& as) {
  tally whole;
  const line_counts counts = count_part(log, *as, whole);
  require(counts.accepted + counts.other + counts.comments + counts.blank + counts.rejected ==
          counts.lines);
  require(counts.lines == static_cast<std::uint64_t>(std::ranges::count(log, '\n')) +
                              (log.empty() || log.ends_with('\n') ? 0 : 1));
  for (std::size_t at = log.find('\n'); at != std::string_view::npos; at = log.find('\n', at + 1)) {
    tally halves;
    require(count_halves(log, at + 1, as, halves) == counts);
    require(same_tallies(whole, halves));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view log(reinterpret_cast<const char*>(data),
                             std::min<std::size_t>(size, 4096));
  const auto found = countips::recognise(log, countips::known_formats());
  require(found.format != nullptr || found.candidates.empty());
  if (found.format != nullptr) check(log, found.format);
  return 0;
}
