// A loop of equal pieces of work, shared out by parallel_for and by oneTBB's.
#include <tbb/parallel_for.h>

#include <cmath>
#include <vector>

#include "libpar_bench.h"
#include "par/pools/parallel_for.h"

namespace {

constexpr std::size_t count = 1 << 18;

void work_on(double& x) {
  x = std::sqrt(x + 1);
}

void uniform_par(benchmark::State& state) {
  par::thread_pool pool(bench::threads);
  std::vector<double> data(count);
  for (auto _ : state) {
    par::parallel_for(pool, std::size_t{0}, count, [&](std::size_t i) { work_on(data[i]); }, 1024);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(count));
}

void uniform_tbb(benchmark::State& state) {
  std::vector<double> data(count);
  for (auto _ : state) {
    tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) { work_on(data[i]); });
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(count));
}

BENCHMARK(uniform_par)->Name("parallel_for/uniform/par")->UseRealTime();
BENCHMARK(uniform_tbb)->Name("parallel_for/uniform/tbb")->UseRealTime();

}  // namespace
