// What coroutines cost beside the threads that would do the same: a hand-over, a turn, a start, a
// sleep.
#include <ucontext.h>

#include <chrono>
#include <memory>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "libpar_bench.h"
#include "par/coroutines/fiber.h"
#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"

namespace {

using namespace std::chrono_literals;

constexpr int switches = 100'000;  // Each way.

par::task<> hand_over(par::fiber<>& other, int times) {
  while (times-- > 0) co_await other.switch_to();
}

void handover_par(benchmark::State& state) {
  for (auto _ : state) {
    par::fiber<> a, b;
    a.bind(hand_over(b, switches));
    b.bind(hand_over(a, switches));
    a.run();
  }
  state.SetItemsProcessed(state.iterations() * switches * 2);
}

// The system's own way, which keeps a stack for each and saves the signal mask.
ucontext_t outside, inside;

void hand_back() {
  for (;;) swapcontext(&inside, &outside);
}

void handover_ucontext(benchmark::State& state) {
  constexpr std::size_t stack_size = 65'536;
  const auto stack = std::make_unique<char[]>(stack_size);
  getcontext(&inside);
  inside.uc_stack.ss_sp = stack.get();
  inside.uc_stack.ss_size = stack_size;
  makecontext(&inside, hand_back, 0);
  for (auto _ : state) {
    for (int i = 0; i < switches; ++i) swapcontext(&outside, &inside);
  }
  state.SetItemsProcessed(state.iterations() * switches * 2);
}

par::task<> take_turns(int times) {
  while (times-- > 0) co_await par::this_task::yield();
}

void turn_par(benchmark::State& state) {
  for (auto _ : state) {
    par::scheduler turns;
    turns.spawn(take_turns(switches));
    turns.spawn(take_turns(switches));
    turns.run();
  }
  state.SetItemsProcessed(state.iterations() * switches * 2);
}

void turn_std(benchmark::State& state) {
  constexpr int turns = 2'000;
  for (auto _ : state) {
    std::binary_semaphore mine(0), others(0);
    std::thread other([&] {
      for (int i = 0; i < turns; ++i) {
        others.acquire();
        mine.release();
      }
    });
    for (int i = 0; i < turns; ++i) {
      others.release();
      mine.acquire();
    }
    other.join();
  }
  state.SetItemsProcessed(state.iterations() * turns * 2);
}

par::task<> end_at_once() {
  co_return;
}

par::task<> spawn_and_join(int times) {
  while (times-- > 0) co_await par::spawn("", end_at_once());
}

void start_par(benchmark::State& state) {
  constexpr int starts = 100'000;
  for (auto _ : state) par::scheduler().run(spawn_and_join(starts));
  state.SetItemsProcessed(state.iterations() * starts);
}

void start_std(benchmark::State& state) {
  constexpr int starts = 200;
  for (auto _ : state) {
    for (int i = 0; i < starts; ++i) std::thread([] {}).join();
  }
  state.SetItemsProcessed(state.iterations() * starts);
}

// Sleeps are shorter than it takes to start all of them, so this is what a sleeper costs.
par::task<> sleep_a_little(std::chrono::microseconds span) {
  co_await par::this_task::sleep_for(span);
}

void sleepers_par(benchmark::State& state) {
  constexpr int sleepers = 100'000;
  for (auto _ : state) {
    par::scheduler turns;
    for (int i = 0; i < sleepers; ++i) {
      turns.spawn("", sleep_a_little(std::chrono::microseconds(i * 7919 % 1000)));
    }
    turns.run();
  }
  state.SetItemsProcessed(state.iterations() * sleepers);
}

void sleepers_std(benchmark::State& state) {
  constexpr int sleepers = 1'000;  // More than that are too many for some machines.
  for (auto _ : state) {
    std::vector<std::thread> all;
    all.reserve(sleepers);
    for (int i = 0; i < sleepers; ++i) {
      all.emplace_back(
          [i] { std::this_thread::sleep_for(std::chrono::microseconds(i * 7919 % 1000)); });
    }
    for (std::thread& each : all) each.join();
  }
  state.SetItemsProcessed(state.iterations() * sleepers);
}

BENCHMARK(handover_par)->Name("coroutine/handover/par")->UseRealTime();
BENCHMARK(handover_ucontext)->Name("coroutine/handover/std")->UseRealTime();
BENCHMARK(turn_par)->Name("coroutine/turn/par")->UseRealTime();
BENCHMARK(turn_std)->Name("coroutine/turn/std")->UseRealTime();
BENCHMARK(start_par)->Name("coroutine/start/par")->UseRealTime();
BENCHMARK(start_std)->Name("coroutine/start/std")->UseRealTime();
BENCHMARK(sleepers_par)->Name("coroutine/sleepers/par")->UseRealTime();
BENCHMARK(sleepers_std)->Name("coroutine/sleepers/std")->UseRealTime();

}  // namespace
