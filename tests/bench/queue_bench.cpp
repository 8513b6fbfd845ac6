// Items per second through a queue, blocking put and get, and round trips between two threads.
#include <tbb/concurrent_queue.h>

#include <cstdint>
#include <vector>

#include "libpar_bench.h"
#include "par/pools/thread.h"
#include "par/queues/lifo_queue.h"
#include "par/queues/priority_queue.h"
#include "par/queues/queue.h"

namespace {

constexpr std::size_t capacity = 1024;

// Enough for the start of the threads not to count: a tenth of a second or more.
constexpr int items_in_all = 1'000'000;
constexpr int round_trips = 20'000;

using item = std::uint64_t;

template <class Queue, std::size_t capacity>
struct par_queue {
  void put(item value) { items.put(value); }
  item get() { return items.get(); }
  Queue items{capacity};
};

using bounded = par_queue<par::queue<item>, capacity>;
using unbounded = par_queue<par::queue<item>, par::queue<item>::unbounded>;
using lifo = par_queue<par::lifo_queue<item>, capacity>;
using priority = par_queue<par::priority_queue<item>, capacity>;

// As bounded, where the consumers say that each item is done.
struct joinable : bounded {
  item get() {
    const item value = items.get();
    items.task_done();
    return value;
  }
};

template <std::ptrdiff_t capacity>
struct tbb_queue {
  tbb_queue() {
    if (capacity != 0) items.set_capacity(capacity);
  }
  void put(item value) { items.push(value); }
  item get() {
    item value = 0;
    items.pop(value);
    return value;
  }
  tbb::concurrent_bounded_queue<item> items;
};

using tbb_bounded = tbb_queue<capacity>;
using tbb_unbounded = tbb_queue<0>;

template <class Queue>
void through(benchmark::State& state) {
  const auto pairs = static_cast<int>(state.range(0));
  const int items_each = items_in_all / pairs;
  for (auto _ : state) {
    Queue queue;
    std::vector<par::thread> threads;
    for (int i = 0; i < pairs; ++i) {
      threads.emplace_back("put", [&] {
        for (int n = 0; n < items_each; ++n) queue.put(static_cast<item>(n));
      });
      threads.emplace_back("get", [&] {
        for (int n = 0; n < items_each; ++n) benchmark::DoNotOptimize(queue.get());
      });
    }
  }
  state.SetItemsProcessed(state.iterations() * pairs * items_each);
}

template <class Queue>
void pingpong(benchmark::State& state) {
  for (auto _ : state) {
    Queue there, back;
    const par::thread other("echo", [&] {
      for (int n = 0; n < round_trips; ++n) back.put(there.get());
    });
    for (int n = 0; n < round_trips; ++n) {
      there.put(static_cast<item>(n));
      benchmark::DoNotOptimize(back.get());
    }
  }
  state.SetItemsProcessed(state.iterations() * round_trips);
}

BENCHMARK(through<bounded>)->Name("queue/1p1c/par")->Arg(1)->UseRealTime();
BENCHMARK(through<tbb_bounded>)->Name("queue/1p1c/tbb")->Arg(1)->UseRealTime();
BENCHMARK(through<bounded>)->Name("queue/2p2c/par")->Arg(2)->UseRealTime();
BENCHMARK(through<tbb_bounded>)->Name("queue/2p2c/tbb")->Arg(2)->UseRealTime();
BENCHMARK(through<bounded>)->Name("queue/8p8c/par")->Arg(8)->UseRealTime();
BENCHMARK(through<tbb_bounded>)->Name("queue/8p8c/tbb")->Arg(8)->UseRealTime();
BENCHMARK(pingpong<bounded>)->Name("queue/pingpong/par")->UseRealTime();
BENCHMARK(pingpong<tbb_bounded>)->Name("queue/pingpong/tbb")->UseRealTime();

// Without a rival of the same kind, or without a wanted ratio.
BENCHMARK(through<joinable>)->Name("queue/2p2c_joinable/par")->Arg(2)->UseRealTime();
BENCHMARK(through<tbb_bounded>)->Name("queue/2p2c_joinable/tbb")->Arg(2)->UseRealTime();
BENCHMARK(through<unbounded>)->Name("queue/2p2c_unbounded/par")->Arg(2)->UseRealTime();
BENCHMARK(through<tbb_unbounded>)->Name("queue/2p2c_unbounded/tbb")->Arg(2)->UseRealTime();
BENCHMARK(through<lifo>)->Name("queue/2p2c_lifo/par")->Arg(2)->UseRealTime();
BENCHMARK(through<tbb_bounded>)->Name("queue/2p2c_lifo/tbb")->Arg(2)->UseRealTime();
BENCHMARK(through<priority>)->Name("queue/2p2c_priority/par")->Arg(2)->UseRealTime();
BENCHMARK(through<tbb_bounded>)->Name("queue/2p2c_priority/tbb")->Arg(2)->UseRealTime();

}  // namespace
