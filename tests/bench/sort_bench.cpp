// Ten million random keys of eight bytes, sorted by parallel_sort, oneTBB's and std's.
#include <tbb/global_control.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "libpar_bench.h"
#include "par/pools/parallel_sort.h"

namespace {

const std::vector<std::uint64_t>& random_keys() {
  static const std::vector<std::uint64_t> keys = [] {
    std::vector<std::uint64_t> all(10'000'000);
    std::mt19937_64 random(1);
    for (std::uint64_t& each : all) each = random();
    return all;
  }();
  return keys;
}

template <class Sort>
void sort_keys(benchmark::State& state, Sort sort) {
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<std::uint64_t> keys = random_keys();
    state.ResumeTiming();
    sort(keys);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(random_keys().size()));
}

void sort_par(benchmark::State& state) {
  par::thread_pool pool(bench::threads);
  sort_keys(state, [&](auto& keys) { par::parallel_sort(pool, keys); });
}

void sort_tbb(benchmark::State& state) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, bench::threads);
  sort_keys(state, [](auto& keys) { tbb::parallel_sort(keys); });
}

void sort_std(benchmark::State& state) {
  sort_keys(state, [](auto& keys) { std::ranges::sort(keys); });
}

BENCHMARK(sort_par)->Name("sort/10M/par")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(sort_tbb)->Name("sort/10M/tbb")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(sort_std)->Name("sort/10M/std")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
