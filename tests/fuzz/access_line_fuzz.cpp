// Whatever a log holds, every line is counted as one thing, and cutting the log elsewhere changes
// nothing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "countips/count_block.h"

namespace {

using countips::count_block;
using countips::line_counts;
using countips::tally;

void require(bool holds) {
  if (!holds) std::abort();
}

bool same(const tally& a, const tally& b) {
  return std::ranges::equal(a, b, [](const auto& left, const auto& right) {
    return left.first == right.first && left.second.requests == right.second.requests &&
           left.second.clients.size() == right.second.clients.size();
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view log(reinterpret_cast<const char*>(data), size);
  tally whole, by_line;
  const line_counts counts = count_block(log, {}, 0, whole);
  require(counts.hits + counts.blank + counts.malformed == counts.lines);
  require((counts.malformed == 0) == (counts.first_malformed == 0));
  require(counts.first_malformed <= counts.lines);

  // Each line alone, so that nothing is remembered from the one before.
  std::uint64_t hits = 0;
  for (std::string_view rest = log; !rest.empty();) {
    const std::size_t line_size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    hits += count_block(rest.substr(0, line_size), {}, 0, by_line).hits;
    rest.remove_prefix(line_size);
  }
  require(hits == counts.hits);
  require(same(whole, by_line));
  return 0;
}
