// An ordered pipeline of three stages: numbers in, work of a known length in parallel, a sum out.
// oneTBB's gets the same number of tokens.
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <optional>

#include "libpar_bench.h"
#include "par/pools/pipeline.h"
#include "spend.h"

namespace {

constexpr std::size_t tokens = 16;

std::size_t run_par(par::executor& on, std::size_t items, std::size_t steps) {
  std::size_t next = 0, sum = 0;
  par::pipeline(
      on, tokens,
      [&]() -> std::optional<std::size_t> {
        if (next == items) return std::nullopt;
        return next++;
      },
      [steps](std::size_t item) { return item + bench::spend(steps); },
      [&](std::size_t result) { sum = sum * 31 + result; });
  return sum;
}

std::size_t run_tbb(std::size_t items, std::size_t steps) {
  std::size_t next = 0, sum = 0;
  tbb::parallel_pipeline(
      tokens, tbb::make_filter<void, std::size_t>(tbb::filter_mode::serial_in_order,
                                                  [&](tbb::flow_control& control) -> std::size_t {
                                                    if (next == items) {
                                                      control.stop();
                                                      return 0;
                                                    }
                                                    return next++;
                                                  }) &
                  tbb::make_filter<std::size_t, std::size_t>(
                      tbb::filter_mode::parallel,
                      [steps](std::size_t item) { return item + bench::spend(steps); }) &
                  tbb::make_filter<std::size_t, void>(
                      tbb::filter_mode::serial_in_order,
                      [&](std::size_t result) { sum = sum * 31 + result; }));
  return sum;
}

// The arguments: microseconds for each item, and how many items.
void pipeline_par(benchmark::State& state) {
  par::thread_pool pool(bench::threads);
  const auto steps = static_cast<std::size_t>(state.range(0)) * bench::steps_per_microsecond();
  const auto items = static_cast<std::size_t>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(run_par(pool, items, steps));
  state.SetItemsProcessed(state.iterations() * state.range(1));
}

void pipeline_tbb(benchmark::State& state) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, bench::threads);
  const auto steps = static_cast<std::size_t>(state.range(0)) * bench::steps_per_microsecond();
  const auto items = static_cast<std::size_t>(state.range(1));
  for (auto _ : state) benchmark::DoNotOptimize(run_tbb(items, steps));
  state.SetItemsProcessed(state.iterations() * state.range(1));
}

BENCHMARK(pipeline_par)->Name("pipeline/1us/par")->Args({1, 10'000})->UseRealTime();
BENCHMARK(pipeline_tbb)->Name("pipeline/1us/tbb")->Args({1, 10'000})->UseRealTime();
BENCHMARK(pipeline_par)->Name("pipeline/100us/par")->Args({100, 200})->UseRealTime();
BENCHMARK(pipeline_tbb)->Name("pipeline/100us/tbb")->Args({100, 200})->UseRealTime();

}  // namespace
