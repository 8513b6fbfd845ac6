#include "fib/text/printer.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "fib/numbers/part.h"
#include "fib/numbers/terms.h"
#include "fib/numbers/to_digits.h"
#include "fib/text/part_block.h"
#include "par/pools/future.h"
#include "par/pools/map.h"

namespace fib {

namespace {

using shared_block = std::shared_ptr<const block>;

// How many blocks may wait for the others of their batch.
constexpr std::size_t most_waiting = 1024;

// A single number is computed on all threads if it is longer than this.
constexpr std::uint64_t least_shared_digits = 20'000;

shared_block share(block made) {
  return std::make_shared<const block>(std::move(made));
}

// A block under way. Its task refers to the request, so it does not outlive its user.
class next_block {
 public:
  explicit next_block(par::future<shared_block> made) : made_(std::move(made)) {}
  next_block(const next_block&) = delete;
  next_block& operator=(const next_block&) = delete;
  ~next_block() {
    if (made_.valid() && !made_.cancel()) made_.wait();
  }

  [[nodiscard]] shared_block get() { return made_.get(); }

 private:
  par::future<shared_block> made_;
};

}  // namespace

printer::printer(const request& what, par::executor& on, const std::atomic<bool>& stop,
                 print_counters& counters, text_sink sink, const block_limits& limits)
    : what_(what),
      on_(on),
      stop_(stop),
      counters_(counters),
      sink_(sink),
      limits_(limits),
      how_(on, stop, counters.steps) {
  // Blocks that start by themselves cost conversions. One thread that adds keeps up with a pipe, so
  // they help only where more than one is free to make them.
  if (on.concurrency() <= 2) limits_.most_bytes = 0;
}

bool printer::print(std::span<const index_range> ranges) {
  try {
    return what_.wanted.kind == part_kind::whole ? print_wholes(ranges) : print_parts(ranges);
  } catch (const stopped&) {
    return false;
  }
}

bool printer::finish() {
  const layout& as = what_.as;
  if (!any_) return as.nothing.empty() || sink_(as.nothing);
  return as.ends_each() || sink_(as.closing);
}

// Doubling counts the bits of the number, and conversion its digits.
std::uint64_t printer::steps_for(const request& what, index at) {
  if (what.wanted.kind != part_kind::whole) {
    return part_steps(what.of, what.in, what.wanted_of({.first = at, .count = 1}), at);
  }
  const length_bounds binary(what.of, radix(2));
  return binary.digits(at) + what.lengths.digits(at);
}

bool printer::print_wholes(std::span<const index_range> ranges) {
  for (const index_range& numbers : ranges) {
    const block_plan plan = plan_blocks(what_, numbers, limits_);
    waiting_.insert(waiting_.end(), plan.independent.begin(), plan.independent.end());
    largest_waiting_ = std::max(largest_waiting_, plan.largest);
    const bool flush = plan.chained.count != 0 || waiting_.size() >= most_waiting;
    if (flush && !print_waiting()) return false;
    if (!print_chained(plan.chained)) return false;
  }
  return print_waiting();
}

bool printer::print_waiting() {
  if (waiting_.size() == 1 && waiting_[0].count == 1 &&
      what_.lengths.digits(waiting_[0].first) > least_shared_digits) {
    return print_single(std::exchange(waiting_, {})[0].first);
  }
  const std::uint64_t fit = limits_.window_bytes / std::exchange(largest_waiting_, 1);
  return print_mapped(
      std::clamp<std::uint64_t>(fit, 1, 2 * on_.concurrency()),
      [this](const index_range& numbers) { return block::starting_at(what_, numbers, pool_); });
}

bool printer::print_parts(std::span<const index_range> ranges) {
  const bool is_single = ranges.size() == 1 && ranges[0].count == 1;
  for (index_range rest : ranges) {
    const std::uint64_t count = part_block_count(what_, rest);
    if (count == 1 || is_single) {
      if (!print_waiting_parts() || !print_long_parts(rest)) return false;
      continue;
    }
    while (rest.count != 0) {
      waiting_.push_back(first_of(rest, count));
      rest = without_first(rest, waiting_.back().count);
      if (waiting_.size() >= most_waiting && !print_waiting_parts()) return false;
    }
  }
  return print_waiting_parts();
}

bool printer::print_waiting_parts() {
  return print_mapped(2 * on_.concurrency(), [this](const index_range& numbers) {
    return make_part_block(what_, numbers);
  });
}

// The way to the first is long, and each further one but a step. All threads work on one.
bool printer::print_long_parts(const index_range& numbers) {
  const layout& as = what_.as;
  const std::string after = as.after_number + (as.ends_each() ? as.between : "");
  if (numbers.count == 0) return true;
  part_walk walk(what_.of, what_.in, what_.wanted_of(numbers), numbers.first, how_);
  for (index at = numbers.first; at != numbers.end(); ++at) {
    if (!take(as.before(at) + walk.next() + after, 1)) return false;
  }
  return true;
}

namespace {

std::string_view text_of(const block& made) {
  return made.text();
}
std::uint64_t count_of(const block& made) {
  return made.count();
}
std::string_view text_of(const part_block& made) {
  return made.text;
}
std::uint64_t count_of(const part_block& made) {
  return made.count;
}

}  // namespace

// All that waits.
template <class Make>
bool printer::print_mapped(std::size_t window, Make make) {
  const std::vector<index_range> blocks = std::exchange(waiting_, {});
  auto made = par::map(on_, blocks, make, {.window = window});
  return std::ranges::all_of(
      made, [this](const auto& each) { return take(text_of(each), count_of(each)); });
}

// One block is taken while the next is made.
bool printer::print_chained(index_range rest) {
  if (rest.count == 0) return true;
  if (rest.count == 1) return print_single(rest.first);
  const auto cut = [&] {
    const index_range front = next_chained(what_, rest, limits_);
    rest = without_first(rest, front.count);
    return front;
  };
  shared_block current = share(first_chained(cut()));
  while (rest.count != 0) {
    next_block next(par::submit(on_, [this, current, numbers = cut()] {
      return share(
          block::following(what_, current->before_last(), current->last(), numbers, pool_));
    }));
    if (!take(current->text(), current->count())) return false;
    current = next.get();
  }
  return take(current->text(), current->count());
}

block printer::first_chained(const index_range& numbers) {
  const terms start = terms_at(what_.of, numbers.first, how_);
  const index first_index = numbers.first;
  const digit_converter converter(
      what_.in, std::max(what_.lengths.digits(first_index), what_.lengths.digits(first_index + 1)));
  std::string first;
  std::string second;
  how_.both([&] { first = converter.convert(start.at, how_); },
            [&] { second = converter.convert(start.next, how_); });
  return block::beginning_with(what_, {first, start.at < 0}, {second, start.next < 0}, numbers,
                               pool_);
}

bool printer::print_single(index at) {
  mpz_class value;
  std::optional<digit_converter> converter;
  how_.both([&] { value = term_at(what_.of, at, how_); },
            [&] { converter.emplace(what_.in, what_.lengths.digits(at)); });
  std::string digits = converter->convert(value, how_);
  return take_single(at, value < 0, std::move(digits));
}

// The number may be huge, so it is not copied.
bool printer::take_single(index at, bool negative, std::string digits) {
  const layout& as = what_.as;
  const char* const sign = negative ? "-" : "";
  if (!what_.in.is_its_own_text()) {
    what_.in.write_out(digits.data(), digits.data() + digits.size());
  }
  return take(as.before(at) + sign, 0) && sink_(digits) &&
         sink_(as.after_number + (as.ends_each() ? as.between : "")) && counted(1, digits.size());
}

bool printer::take(std::string_view text, std::uint64_t count) {
  if (stop_.load(std::memory_order_relaxed)) return false;  // A flag alone; orders no data.
  const layout& as = what_.as;
  const std::string& before = any_ ? as.between : as.opening;
  if (!as.ends_each() && !before.empty() && !sink_(before)) return false;
  any_ = true;
  return (text.empty() || sink_(text)) && counted(count, text.size());
}

bool printer::counted(std::uint64_t numbers, std::uint64_t bytes) {
  counters_.numbers.fetch_add(numbers, std::memory_order_relaxed);  // Counts, read by the bar.
  counters_.bytes.fetch_add(bytes, std::memory_order_relaxed);
  return true;
}

}  // namespace fib
