// Cost of a lock and unlock, alone and with others.
#include <oneapi/tbb/mutex.h>

#include <mutex>

#include "libpar_bench.h"
#include "par/locks/mutex.h"

namespace {

template <class Mutex>
void lock_unlock(benchmark::State& state) {
  static Mutex guard;
  static long shared = 0;
  for (auto _ : state) {
    const std::lock_guard lock(guard);
    benchmark::DoNotOptimize(++shared);
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(lock_unlock<par::mutex>)->Name("mutex/uncontended/par");
BENCHMARK(lock_unlock<tbb::mutex>)->Name("mutex/uncontended/tbb");
BENCHMARK(lock_unlock<std::mutex>)->Name("mutex/uncontended/std");
BENCHMARK(lock_unlock<par::mutex>)->Name("mutex/2threads/par")->Threads(2)->UseRealTime();
BENCHMARK(lock_unlock<tbb::mutex>)->Name("mutex/2threads/tbb")->Threads(2)->UseRealTime();
BENCHMARK(lock_unlock<std::mutex>)->Name("mutex/2threads/std")->Threads(2)->UseRealTime();
BENCHMARK(lock_unlock<par::mutex>)->Name("mutex/16threads/par")->Threads(16)->UseRealTime();
BENCHMARK(lock_unlock<tbb::mutex>)->Name("mutex/16threads/tbb")->Threads(16)->UseRealTime();
BENCHMARK(lock_unlock<std::mutex>)->Name("mutex/16threads/std")->Threads(16)->UseRealTime();

}  // namespace
