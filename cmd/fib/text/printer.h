// Numbers of a sequence as one long text, made in blocks ahead of its reader.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fib/indices/index_range.h"
#include "fib/numbers/computation.h"
#include "fib/text/block.h"
#include "fib/text/buffer_pool.h"
#include "fib/text/plan.h"
#include "fib/text/request.h"
#include "par/base/function_ref.h"
#include "par/pools/executor.h"

namespace fib {

// Takes the next piece of the text; false when no more is wanted.
using text_sink = par::function_ref<bool(std::string_view)>;

// How far it is, counted as it goes; may be read by any thread meanwhile.
struct print_counters {
  std::atomic<std::uint64_t> numbers = 0;  // Taken by the sink.
  std::atomic<std::uint64_t> bytes = 0;
  std::atomic<std::uint64_t> steps = 0;  // Of long computations; see steps_for().
};

// Hands numbers to the sink, in order and on the calling thread, while the executor makes those
// that follow. Runs ahead by a bounded amount of memory: see block_limits. Ends early, between two
// blocks or in the middle of a long computation, when the sink wants no more or `stop` becomes
// true. What an executor's post throws, and std::bad_alloc, come out. Not thread-safe, and not to
// be used in a task of the executor. What it is given must outlive it.
class printer {
 public:
  printer(const request& what, par::executor& on, const std::atomic<bool>& stop,
          print_counters& counters, text_sink sink, const block_limits& limits = {});

  // These next, range after range; false if it ended early.
  bool print(std::span<const index_range> ranges);
  bool print(const index_range& numbers) { return print(std::span(&numbers, 1)); }

  // What comes after the last number.
  bool finish();

  // The steps that G(at) takes, or the part of it that is wanted, if nothing else is printed.
  [[nodiscard]] static std::uint64_t steps_for(const request& what, index at);

 private:
  bool print_wholes(std::span<const index_range> ranges);
  bool print_parts(std::span<const index_range> ranges);
  bool print_waiting_parts();
  bool print_long_parts(const index_range& numbers);
  bool print_waiting();
  bool print_chained(index_range rest);
  block first_chained(const index_range& numbers);
  bool print_single(index at);
  bool take_single(index at, bool negative, std::string digits);
  template <class Make>
  bool print_mapped(std::size_t window, Make make);
  bool take(std::string_view text, std::uint64_t count);
  bool counted(std::uint64_t numbers, std::uint64_t bytes);  // True.

  const request& what_;
  par::executor& on_;
  const std::atomic<bool>& stop_;
  print_counters& counters_;
  text_sink sink_;
  block_limits limits_;
  buffer_pool pool_;
  computation how_;
  std::vector<index_range> waiting_;   // Independent blocks, to be made next.
  std::uint64_t largest_waiting_ = 1;  // Bytes.
  bool any_ = false;                   // Whether any number has been taken.
};

}  // namespace fib
