#include "countips/counting/range_counter.h"

#include <algorithm>
#include <cstddef>
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
  range_counter(const count_context& shared, const block_rules& rules, const block_formats& formats,
                source& from, std::uint64_t size, file_pieces pieces)
      : shared_(shared),
        rules_(rules),
        formats_(formats),
        from_(from),
        size_(size),
        pieces_(pieces) {}

  void count_in_order(const piece_sink& add) {
    const auto count_one = [this](std::uint64_t number) {
      return count_piece(number, *shared_.benches.borrow());
    };
    for (piece_result& each :
         par::map(shared_.on, std::views::iota(std::uint64_t{0}, pieces_.count), count_one)) {
      add(std::move(each));
    }
  }

  void count_side_by_side(const piece_sink& add) {
    const auto takers =
        static_cast<std::size_t>(std::min<std::uint64_t>(pieces_.count, shared_.on.concurrency()));
    std::vector<piece_queue::region> regions(takers);
    piece_queue::fill(regions, pieces_.count);
    std::vector<piece_result> counted(pieces_.count);
    par::parallel_for(shared_.on, std::size_t{0}, takers, [&](std::size_t taker) {
      take_from(piece_queue(regions), taker, [&](piece_result each) {
        const std::uint64_t number = each.number;
        counted[number] = std::move(each);
      });
    });
    for (piece_result& each : counted) add(std::move(each));
  }

  void take_from(piece_queue queue, std::size_t taker, const piece_sink& add) {
    const auto bench = shared_.benches.borrow();
    while (const auto number = queue.take(taker)) add(count_piece(*number, *bench));
  }

 private:
  piece_result count_piece(std::uint64_t number, workbench& bench) {
    piece_result all{.number = number, .lines = {}, .error = {}};
    auto [begin, end] = pieces_.range_of(number, size_);
    while (begin < end && !shared_.stop) {
      const byte_range range{begin, std::min(begin + shared_.options.block_size, end)};
      begin = range.end;
      const auto text = bench.reader.read(from_, range, shared_.options.reading.longest_line);
      if (text) {
        append(all.lines, count_block(*text, formats_.at(range.begin), rules_, bench.counted),
               rules_.most_rejects);
      } else if (!all.error) {
        all.error = text.error();
      }
      shared_.progress.bytes.fetch_add(range.end - range.begin, std::memory_order_relaxed);
    }
    return all;
  }

  const count_context& shared_;
  const block_rules& rules_;
  const block_formats& formats_;
  source& from_;
  const std::uint64_t size_;
  const file_pieces pieces_;
};

}  // namespace

void count_ranges(const count_context& shared, const block_rules& rules,
                  const block_formats& formats, source& from, std::uint64_t size,
                  const piece_sink& add) {
  if (size == 0) return;
  const std::uint64_t block_size = shared.options.block_size;
  const std::size_t takers = shared.on.concurrency();
  const auto counter_of = [&](file_pieces pieces) {
    return range_counter(shared, rules, formats, from, size, pieces);
  };
  if (shared.rules.observer == nullptr) {
    counter_of(cut_file(size, block_size, takers)).count_side_by_side(add);
  } else {  // What is rejected is told while the count goes on, and kept until it is its turn.
    counter_of(cut_file(size, block_size, takers, 1)).count_in_order(add);
  }
}

void count_ranges(const count_context& shared, const block_rules& rules,
                  const block_formats& formats, source& from, std::uint64_t size,
                  const piece_taker& whose, const piece_sink& add) {
  range_counter(shared, rules, formats, from, size, whose.pieces)
      .take_from(whose.queue, whose.number, add);
}

}  // namespace countips
