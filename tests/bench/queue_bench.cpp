// Items per second through a bounded queue, blocking put and get.
#include <tbb/concurrent_queue.h>

#include <cstdint>
#include <vector>

#include "libpar_bench.h"
#include "par/pools/thread.h"
#include "par/queues/queue.h"

namespace {

constexpr std::size_t capacity = 1024;
constexpr int items_each = 100'000;

struct par_queue {
  void put(std::uint64_t item) { items.put(item); }
  std::uint64_t get() { return items.get(); }
  par::queue<std::uint64_t> items{capacity};
};

struct tbb_queue {
  tbb_queue() { items.set_capacity(capacity); }
  void put(std::uint64_t item) { items.push(item); }
  std::uint64_t get() {
    std::uint64_t item = 0;
    items.pop(item);
    return item;
  }
  tbb::concurrent_bounded_queue<std::uint64_t> items;
};

template <class Queue>
void through_queue(benchmark::State& state) {
  const auto pairs = static_cast<int>(state.range(0));
  for (auto _ : state) {
    Queue queue;
    std::vector<par::thread> threads;
    for (int i = 0; i < pairs; ++i) {
      threads.emplace_back("put", [&] {
        for (int n = 0; n < items_each; ++n) queue.put(static_cast<std::uint64_t>(n));
      });
      threads.emplace_back("get", [&] {
        for (int n = 0; n < items_each; ++n) benchmark::DoNotOptimize(queue.get());
      });
    }
  }
  state.SetItemsProcessed(state.iterations() * pairs * items_each);
}

BENCHMARK(through_queue<par_queue>)->Name("queue/1p1c/par")->Arg(1)->UseRealTime();
BENCHMARK(through_queue<tbb_queue>)->Name("queue/1p1c/tbb")->Arg(1)->UseRealTime();
BENCHMARK(through_queue<par_queue>)->Name("queue/2p2c/par")->Arg(2)->UseRealTime();
BENCHMARK(through_queue<tbb_queue>)->Name("queue/2p2c/tbb")->Arg(2)->UseRealTime();
BENCHMARK(through_queue<par_queue>)->Name("queue/8p8c/par")->Arg(8)->UseRealTime();
BENCHMARK(through_queue<tbb_queue>)->Name("queue/8p8c/tbb")->Arg(8)->UseRealTime();

}  // namespace
