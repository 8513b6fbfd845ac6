// Lists of indices as fib reads them: however the text is cut, the same indices are found.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fib/indices/index_list.h"
#include "fuzz/require.h"

namespace {

constexpr fib::index farthest = 1000;

struct content {
  std::vector<fib::index_range> found;
  std::vector<fib::bad_item> bad;
};

content read_in_pieces(std::string_view text, std::size_t size) {
  content read;
  fib::index_list list(farthest);
  while (!text.empty()) {
    list.read(text.substr(0, size), read.found, read.bad);
    text.remove_prefix(std::min(size, text.size()));
  }
  list.end(read.found, read.bad);
  return read;
}

bool is_same(const fib::bad_item& a, const fib::bad_item& b) {
  return a.line == b.line && a.text == b.text && a.reason == b.reason;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const content whole = read_in_pieces(text, text.size() + 1);
  const content cut = read_in_pieces(text, 1 + size % 5);
  require(whole.found == cut.found);
  require(std::ranges::equal(whole.bad, cut.bad, is_same));
  const auto lines = 1 + std::ranges::count(text, '\n') + std::ranges::count(text, '\0');
  for (const fib::bad_item& each : whole.bad) {
    require(each.line >= 1 && each.line <= static_cast<std::uint64_t>(lines));
    require(!each.text.empty() && each.text.size() <= fib::index_list::longest_item);
    require(!each.reason.empty());
  }
  for (const fib::index_range& each : whole.found) require(each.is_within(farthest));
  return 0;
}
