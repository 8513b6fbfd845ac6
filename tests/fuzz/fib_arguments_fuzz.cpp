// fib's command lines, an argument a line: each is an order that can be carried out, or a message.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/parse.h"
#include "fib/shell/order.h"
#include "fuzz/require.h"

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void check(const par::expected<fib::order, std::string>& made) {
  if (!made) return require(!made.error().empty());
  require(made->what.in.base() >= fib::radix::least && made->what.in.base() <= fib::radix::most);
  if (made->numbers) {
    require(made->numbers->is_within(fib::farthest_for(made->what.wanted)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fib::choices chosen;
  std::vector<cli::option> table;
  for (const auto& part :
       {fib::which_options(chosen), fib::what_options(chosen), fib::how_options(chosen)}) {
    table.insert(table.end(), part.begin(), part.end());
  }
  try {
    const std::string text(data, data + size);
    const std::vector<std::string> operands =
        cli::parse(table, lines_of(text), cli::minus_digit::operand);
    check(fib::order_from(chosen, operands));
  } catch (const cli::usage_error& misuse) {
    require(std::string_view(misuse.what()) != "");
  }
  return 0;
}
