// A range of Fibonacci numbers as one long text, made in blocks ahead of its reader.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "fib/plan.h"
#include "fib/range.h"
#include "par/base/function_ref.h"
#include "par/pools/executor.h"

namespace fib {

// Takes the next piece of the text, whole lines; false when no more is wanted.
using text_sink = par::function_ref<bool(std::string_view)>;

// What has been taken so far, counted as the stream goes; may be read by any thread meanwhile.
struct stream_counters {
  std::atomic<std::uint64_t> numbers = 0;
  std::atomic<std::uint64_t> bytes = 0;
};

// Hands F(first) up to the last, one a line, to the sink, in order and on the calling thread, while
// the executor makes the blocks that follow. Runs ahead by a bounded amount of memory: see
// block_limits. Ends early, between two blocks, when the sink wants no more or `stop` becomes
// true. True if all has been taken. What an executor's post throws, and std::bad_alloc, come out.
// Not to be called from a task of the executor.
bool stream_numbers(index_range numbers, par::executor& on, const std::atomic<bool>& stop,
                    stream_counters& counters, text_sink sink, const block_limits& limits = {});

}  // namespace fib
