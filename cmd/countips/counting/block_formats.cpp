#include "countips/counting/block_formats.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "countips/input/range_reader.h"
#include "par/pools/parallel_for.h"

namespace countips {

namespace {

byte_range block_of(std::uint64_t number, std::uint64_t block_size, std::uint64_t file_size) {
  return {number * block_size, std::min((number + 1) * block_size, file_size)};
}

}  // namespace

const log_format& block_formats::at(std::uint64_t begin) const {
  const auto next = std::ranges::upper_bound(changes_, begin, {}, &format_change::begin);
  return *std::prev(next)->to;
}

or_errno<block_formats> find_block_formats(const count_context& shared,
                                           block_formats::format_pointer first, source& from,
                                           std::uint64_t size) {
  block_formats found(std::move(first));
  const log_format& any = *found.last();
  const std::uint64_t block_size = shared.options.block_size;
  const std::size_t longest_line = shared.options.reading.longest_line;
  const std::uint64_t blocks = (size + block_size - 1) / block_size;
  std::vector<char> has_headers(blocks);  // No vector<bool>: threads write to it.
  par::parallel_for(shared.on, std::uint64_t{0}, blocks, [&](std::uint64_t i) {
    if (shared.stop) return;
    const auto bench = shared.benches.borrow();
    const auto text = bench->reader.read(from, block_of(i, block_size, size), longest_line);
    has_headers[i] = !text || any.may_have_headers(*text) ? 1 : 0;
  });
  range_reader reader;
  for (std::uint64_t i = 0; i < blocks && !shared.stop; ++i) {
    if (has_headers[i] == 0) continue;
    const byte_range block = block_of(i, block_size, size);
    const auto text = reader.read(from, block, longest_line);
    if (!text) return par::unexpected<int>(text.error());
    if (auto next = found.last()->after(*text)) found.change(block.end, std::move(next));
  }
  return found;
}

}  // namespace countips
