// fib's operands: whatever is typed, the grammar gives a sound range or a message.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fib/range.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_range(std::string_view text) {
  const auto range = fib::parse_range(text);
  if (!range) {
    require(!range.error().empty());
    return;
  }
  if (range->count == 0) {  // Only "0", however long, asks for nothing.
    require(text.find_first_not_of('0') == std::string_view::npos);
    return;
  }
  const std::uint64_t last = range->end() - 1;
  require(range->first <= last && last <= fib::largest_index);
  // What was understood, written down and read again, is the same.
  const std::string again = std::to_string(range->first) + ".." + std::to_string(last);
  require(fib::parse_range(again) == *range);
}

void check_index(std::string_view text) {
  const auto index = fib::parse_index(text);
  require(index ? *index <= fib::largest_index : !index.error().empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  check_range(text);
  check_index(text);
  return 0;
}
