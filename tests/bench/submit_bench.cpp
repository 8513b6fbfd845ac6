// Cost of one empty task, from post by an outside thread to completion.
#include "libpar_bench.h"

namespace {

template <class Executor>
void post_empty(benchmark::State& state) {
  constexpr int tasks = 10'000;
  Executor executor(bench::threads);
  for (auto _ : state) {
    for (int i = 0; i < tasks; ++i) executor.post([] {});
    executor.wait_idle();
  }
  state.SetItemsProcessed(state.iterations() * tasks);
}

BENCHMARK(post_empty<par::thread_pool>)->Name("submit/external/par")->UseRealTime();
BENCHMARK(post_empty<par::tbb_executor>)->Name("submit/external/tbb")->UseRealTime();

}  // namespace
