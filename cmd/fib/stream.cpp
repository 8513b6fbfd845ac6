#include "fib/stream.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "fib/block.h"
#include "fib/buffer_pool.h"
#include "fib/nth.h"
#include "par/pools/future.h"
#include "par/pools/map.h"

namespace fib {

namespace {

using shared_block = std::shared_ptr<const block>;

class stream {
 public:
  stream(par::executor& on, const std::atomic<bool>& stop, stream_counters& counters,
         text_sink sink, const block_limits& limits)
      : on_(on), stop_(stop), counters_(counters), sink_(sink), limits_(limits) {}

  bool print(index_range numbers) {
    const block_plan plan = plan_blocks(numbers, limits_);
    return print_independent(plan) && print_chained(plan.chained);
  }

 private:
  bool print_independent(const block_plan& plan) {
    const std::size_t window = std::min(plan.window, 2 * on_.concurrency());
    const auto make = [this](index_range numbers) { return block::starting_at(numbers, pool_); };
    auto blocks = par::map(on_, plan.independent, make, {.window = window});
    return std::ranges::all_of(blocks, [this](const block& made) { return take(made); });
  }

  // One block is taken while the next is made.
  bool print_chained(index_range rest) {
    if (rest.count == 0) return true;
    if (rest.count == 1) return take_one(rest.first);
    shared_block current = first_chained(rest);
    while (rest.count != 0) {
      par::future<shared_block> next = follow(current, rest);
      if (!take(*current)) return false;
      current = next.get();
    }
    return take(*current);
  }

  // Takes a block's worth off the front of the rest.
  index_range cut(index_range& rest) const {
    const index_range front = next_chained(rest, limits_);
    rest = {.first = front.end(), .count = rest.count - front.count};
    return front;
  }

  shared_block first_chained(index_range& rest) {
    const index_range numbers = cut(rest);
    if (numbers.first == 0) return share(block::starting_at(numbers, pool_));
    const neighbours start = numbers_before(numbers.first, on_);
    return share(block::following(start.before_last, start.last, numbers, pool_));
  }

  // The task shares all it uses, so it may outlive the stream.
  par::future<shared_block> follow(const shared_block& current, index_range& rest) {
    return par::submit(on_, [current, numbers = cut(rest), pool = pool_]() mutable {
      return share(block::following(current->before_last(), current->last(), numbers, pool));
    });
  }

  static shared_block share(block made) { return std::make_shared<const block>(std::move(made)); }

  bool take(const block& made) { return take(made.text(), made.count()); }

  bool take_one(std::uint64_t index) {
    std::string line = number(index);
    line += '\n';
    return take(line, 1);
  }

  bool take(std::string_view text, std::uint64_t count) {
    if (stop_.load(std::memory_order_relaxed)) return false;  // A flag alone; orders no data.
    if (!sink_(text)) return false;
    counters_.numbers.fetch_add(count, std::memory_order_relaxed);  // Counts, read by the bar.
    counters_.bytes.fetch_add(text.size(), std::memory_order_relaxed);
    return true;
  }

  par::executor& on_;
  const std::atomic<bool>& stop_;
  stream_counters& counters_;
  text_sink sink_;
  const block_limits& limits_;
  buffer_pool pool_;
};

}  // namespace

bool stream_numbers(index_range numbers, par::executor& on, const std::atomic<bool>& stop,
                    stream_counters& counters, text_sink sink, const block_limits& limits) {
  return stream(on, stop, counters, sink, limits).print(numbers);
}

}  // namespace fib
