// Cost of empty tasks, posted by an outside thread, with and without a result.
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <future>
#include <memory>
#include <vector>

#include "libpar_bench.h"

namespace {

constexpr int tasks = 1'000'000;

// The queue holds up to all of them: the outside thread never waits.
void external_par(benchmark::State& state) {
  par::thread_pool pool(bench::threads);
  for (auto _ : state) {
    for (int i = 0; i < tasks; ++i) pool.post([] {});
    pool.wait_idle();
  }
  state.SetItemsProcessed(state.iterations() * tasks);
}

// The better of the two ways that oneTBB has is the one to compare with: libpar.sh takes it.
void external_task_group(benchmark::State& state) {
  tbb::task_group group;
  for (auto _ : state) {
    for (int i = 0; i < tasks; ++i) group.run([] {});
    group.wait();
  }
  state.SetItemsProcessed(state.iterations() * tasks);
}

void external_enqueue(benchmark::State& state) {
  tbb::task_arena arena(static_cast<int>(bench::threads));
  for (auto _ : state) {
    tbb::task_group group;
    for (int i = 0; i < tasks; ++i) arena.enqueue(group.defer([] {}));
    arena.execute([&] { group.wait(); });
  }
  state.SetItemsProcessed(state.iterations() * tasks);
}

void future_par(benchmark::State& state) {
  par::thread_pool pool(bench::threads);
  std::vector<par::future<int>> results(1000);
  for (auto _ : state) {
    for (int i = 0; i < 1000; ++i) {
      results[static_cast<std::size_t>(i)] = pool.submit([i] { return i; });
    }
    for (auto& each : results) benchmark::DoNotOptimize(each.get());
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}

// oneTBB has no futures; this is how its users make them.
void future_tbb(benchmark::State& state) {
  tbb::task_arena arena(static_cast<int>(bench::threads));
  std::vector<std::future<int>> results(1000);
  for (auto _ : state) {
    for (int i = 0; i < 1000; ++i) {
      auto task = std::make_shared<std::packaged_task<int()>>([i] { return i; });
      results[static_cast<std::size_t>(i)] = task->get_future();
      arena.enqueue([task] { (*task)(); });
    }
    for (auto& each : results) benchmark::DoNotOptimize(each.get());
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}

BENCHMARK(external_par)->Name("submit/external/par")->UseRealTime();
BENCHMARK(external_task_group)->Name("submit/external/tbb")->UseRealTime();
BENCHMARK(external_enqueue)->Name("submit/external/tbb")->UseRealTime();
BENCHMARK(future_par)->Name("submit/future/par")->UseRealTime();
BENCHMARK(future_tbb)->Name("submit/future/tbb")->UseRealTime();

}  // namespace
