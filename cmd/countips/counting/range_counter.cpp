#include "countips/counting/range_counter.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <utility>
#include <vector>

#include "countips/counting/piece_queue.h"
#include "par/pools/map.h"
#include "par/pools/parallel_for.h"

namespace countips {

namespace {

// Adds the count of the lines that follow.
void append(block_count& to, block_count next, std::size_t most_rejects) {
  for (rejected_line& line : next.rejects) {
    if (to.rejects.size() == most_rejects) break;
    line.number += to.lines.lines;
    to.rejects.push_back(std::move(line));
  }
  to.lines.append(next.lines);
}

class range_counter {
 public:
  range_counter(const count_context& shared, const block_rules& rules, const log_format& format,
                source& from, byte_range all)
      : shared_(shared), rules_(rules), format_(format), from_(from), all_(all) {}

  void count(const std::function<void(stretch_count)>& add) {
    const std::uint64_t size = all_.end - all_.begin;
    const std::uint64_t block_size = shared_.options.block_size;
    stride_ = blocks_for((size - 1) / block_size + 1) * block_size;
    const std::uint64_t stretches = (size - 1) / stride_ + 1;
    if (is_told_at_once()) {
      count_in_order(stretches, add);
    } else {
      count_side_by_side(stretches, add);
    }
  }

 private:
  // What is rejected is told while the count goes on.
  [[nodiscard]] bool is_told_at_once() const { return shared_.rules.observer != nullptr; }

  // How many blocks make a stretch: handing one out costs as much as counting some hundred lines.
  [[nodiscard]] std::uint64_t blocks_for(std::uint64_t all) const {
    constexpr std::uint64_t most_blocks = 64;
    constexpr std::uint64_t least_stretches = 16;  // So that all threads are at work to the end.
    // All rejected lines of a stretch are kept until those before have been told.
    const std::uint64_t most = is_told_at_once() ? 1 : most_blocks;
    return std::clamp<std::uint64_t>(all / least_stretches, 1, most);
  }

  void count_in_order(std::uint64_t stretches, const std::function<void(stretch_count)>& add) {
    const auto count_one = [this](std::uint64_t number) {
      return count_stretch(number, *shared_.benches.borrow());
    };
    for (stretch_count& each :
         par::map(shared_.on, std::views::iota(std::uint64_t{0}, stretches), count_one)) {
      add(std::move(each));
    }
  }

  void count_side_by_side(std::uint64_t stretches, const std::function<void(stretch_count)>& add) {
    const auto takers =
        static_cast<std::size_t>(std::min<std::uint64_t>(stretches, shared_.on.concurrency()));
    piece_queue queue(stretches, takers);
    std::vector<stretch_count> counted(stretches);
    par::parallel_for(shared_.on, std::size_t{0}, takers, [&](std::size_t taker) {
      const auto bench = shared_.benches.borrow();
      while (const auto number = queue.take(taker)) {
        counted[*number] = count_stretch(*number, *bench);
      }
    });
    for (stretch_count& each : counted) add(std::move(each));
  }

  stretch_count count_stretch(std::uint64_t number, workbench& bench) {
    stretch_count all;
    std::uint64_t begin = all_.begin + number * stride_;
    const std::uint64_t end = std::min(begin + stride_, all_.end);
    while (begin < end && !shared_.stop) {
      const byte_range range{begin, std::min(begin + shared_.options.block_size, end)};
      begin = range.end;
      const auto text = bench.reader.read(from_, range, shared_.options.reading.longest_line);
      if (text) {
        append(all.lines, count_block(*text, format_, rules_, bench.counted), rules_.most_rejects);
      } else if (!all.error) {
        all.error = text.error();
      }
      shared_.progress.bytes.fetch_add(range.end - range.begin, std::memory_order_relaxed);
    }
    return all;
  }

  const count_context& shared_;
  const block_rules& rules_;
  const log_format& format_;
  source& from_;
  const byte_range all_;
  std::uint64_t stride_ = 0;  // The size of a stretch in bytes.
};

}  // namespace

void count_ranges(const count_context& shared, const block_rules& rules, const log_format& format,
                  source& from, byte_range all, const std::function<void(stretch_count)>& add) {
  if (all.begin < all.end) range_counter(shared, rules, format, from, all).count(add);
}

}  // namespace countips
