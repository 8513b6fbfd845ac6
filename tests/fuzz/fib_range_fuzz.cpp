// fib's operands: whatever is typed, the grammar gives a sound range or a message.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fib/indices/parse_range.h"
#include "fuzz/require.h"

namespace {

void check_range(std::string_view text) {
  const auto range = fib::parse_operand(text);
  if (!range) {
    require(!range.error().empty());
    return;
  }
  if (range->count == 0) {  // Only "0", however long, asks for nothing.
    require(text.find_first_not_of("-0") == std::string_view::npos);
    return;
  }
  const fib::index last = range->end() - 1;
  require(range->first <= last && range->is_within(fib::farthest_index));
  // What was understood, written down and read again, is the same.
  const std::string again = std::to_string(range->first) + ".." + std::to_string(last);
  require(fib::parse_range(again) == *range);
}

void check_index(std::string_view text) {
  const auto index = fib::parse_index(text);
  require(index ? *index <= fib::farthest_index && *index >= -fib::farthest_index
                : !index.error().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  check_range(text);
  check_index(text);
  return 0;
}
