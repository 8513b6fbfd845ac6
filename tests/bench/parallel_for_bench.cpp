// Loops shared out by parallel_for and by oneTBB's, both with their default grain: equal pieces of
// work, uneven ones, a loop in a loop, and loops so short that the call itself is what costs.
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <cmath>
#include <vector>

#include "libpar_bench.h"
#include "par/pools/parallel_for.h"
#include "spend.h"

namespace {

struct par_loop {
  par::thread_pool pool{bench::threads};
  template <class F>
  void operator()(std::size_t count, F f) {
    par::parallel_for(pool, std::size_t{0}, count, f);
  }
};

struct tbb_loop {
  tbb::global_control limit{tbb::global_control::max_allowed_parallelism, bench::threads};
  template <class F>
  void operator()(std::size_t count, F f) {
    tbb::parallel_for(std::size_t{0}, count, f);
  }
};

using bench::spend;

template <class Loop>
void uniform(benchmark::State& state) {
  Loop loop;
  std::vector<double> data(1 << 18);
  for (auto _ : state) {
    loop(data.size(), [&](std::size_t i) { data[i] = std::sqrt(data[i] + 1); });
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(data.size()));
}

// Work grows with the square of the index; the last four are as heavy again as all the rest.
template <class Loop>
void skewed(benchmark::State& state) {
  Loop loop;
  std::vector<std::size_t> out(4'000);
  for (auto _ : state) {
    loop(out.size(), [&](std::size_t i) {
      const std::size_t steps = i * i / 100'000;
      out[i] = spend(i + 4 < out.size() ? steps : 50'000);
    });
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(out.size()));
}

template <class Loop>
void nested(benchmark::State& state) {
  Loop loop;
  constexpr std::size_t rows = 100, columns = 1'000;
  std::vector<std::size_t> out(rows * columns);
  for (auto _ : state) {
    loop(rows, [&](std::size_t row) {
      loop(columns, [&, row](std::size_t column) { out[row * columns + column] = spend(20); });
    });
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(out.size()));
}

template <class Loop>
void tiny(benchmark::State& state) {
  Loop loop;
  std::vector<std::size_t> out(100);
  for (auto _ : state) {
    loop(out.size(), [&](std::size_t i) { out[i] = spend(8); });
  }
  state.SetItemsProcessed(state.iterations() * static_cast<long>(out.size()));
}

BENCHMARK(uniform<par_loop>)->Name("parallel_for/uniform/par")->UseRealTime();
BENCHMARK(uniform<tbb_loop>)->Name("parallel_for/uniform/tbb")->UseRealTime();
BENCHMARK(skewed<par_loop>)->Name("parallel_for/skewed/par")->UseRealTime();
BENCHMARK(skewed<tbb_loop>)->Name("parallel_for/skewed/tbb")->UseRealTime();
BENCHMARK(nested<par_loop>)->Name("parallel_for/nested/par")->UseRealTime();
BENCHMARK(nested<tbb_loop>)->Name("parallel_for/nested/tbb")->UseRealTime();
BENCHMARK(tiny<par_loop>)->Name("parallel_for/tiny/par")->UseRealTime();
BENCHMARK(tiny<tbb_loop>)->Name("parallel_for/tiny/tbb")->UseRealTime();

}  // namespace
