// Recursive parallelism: fork two, join, all the way down to a cut-off.
#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <array>

#include "libpar_bench.h"
#include "par/pools/parallel_invoke.h"

namespace {

// Chosen for oneTBB: below it, a piece is worth less than what forking costs there.
constexpr int serial_below = 12;
constexpr int fib_index = 32;

long serial_fib(int n) {
  return n < 2 ? n : serial_fib(n - 1) + serial_fib(n - 2);
}

long fib_par(par::executor& on, int n) {
  if (n < serial_below) return serial_fib(n);
  long left = 0, right = 0;
  par::parallel_invoke(on, [&] { left = fib_par(on, n - 1); }, [&] { right = fib_par(on, n - 2); });
  return left + right;
}

long fib_tbb(int n) {
  if (n < serial_below) return serial_fib(n);
  long left = 0, right = 0;
  tbb::task_group group;
  group.run([&] { right = fib_tbb(n - 2); });
  left = fib_tbb(n - 1);
  group.wait();
  return left + right;
}

// Calls of fib, the leaves' own not counted.
long forks(int n) {
  return n < serial_below ? 0 : 1 + forks(n - 1) + forks(n - 2);
}

void forkjoin_fib_par(benchmark::State& state) {
  par::thread_pool pool(bench::threads);
  for (auto _ : state) {
    benchmark::DoNotOptimize(pool.submit([&] { return fib_par(pool, fib_index); }).get());
  }
  state.SetItemsProcessed(state.iterations() * forks(fib_index));
}

void forkjoin_fib_tbb(benchmark::State& state) {
  tbb::task_arena arena(static_cast<int>(bench::threads));
  for (auto _ : state) {
    arena.execute([&] { benchmark::DoNotOptimize(fib_tbb(fib_index)); });
  }
  state.SetItemsProcessed(state.iterations() * forks(fib_index));
}

// Queens that do not attack one another, one bit for each column and diagonal taken.
constexpr int board_size = 13;
constexpr int forked_rows = 5;

struct board {
  unsigned columns = 0, rising = 0, falling = 0;
  [[nodiscard]] unsigned free() const {
    return ~(columns | rising | falling) & ((1U << board_size) - 1);
  }
  [[nodiscard]] board with(unsigned queen) const {
    return {columns | queen, (rising | queen) << 1, (falling | queen) >> 1};
  }
};

long serial_queens(board at, int row) {
  if (row == board_size) return 1;
  long found = 0;
  for (unsigned rest = at.free(); rest != 0; rest &= rest - 1) {
    found += serial_queens(at.with(rest & -rest), row + 1);
  }
  return found;
}

// Halves the columns still to try until one is left.
long queens_par(par::executor& on, board at, unsigned rest, int row) {
  if (row == forked_rows) return serial_queens(at, row);
  if (rest == 0) return 0;
  const unsigned queen = rest & -rest;
  long below = 0, beside = 0;
  const board next = at.with(queen);
  par::parallel_invoke(
      on, [&] { below = queens_par(on, next, next.free(), row + 1); },
      [&] { beside = queens_par(on, at, rest & (rest - 1), row); });
  return below + beside;
}

long queens_tbb(board at, unsigned rest, int row) {
  if (row == forked_rows) return serial_queens(at, row);
  if (rest == 0) return 0;
  const unsigned queen = rest & -rest;
  long below = 0, beside = 0;
  const board next = at.with(queen);
  tbb::task_group group;
  group.run([&] { beside = queens_tbb(at, rest & (rest - 1), row); });
  below = queens_tbb(next, next.free(), row + 1);
  group.wait();
  return below + beside;
}

void forkjoin_nqueens_par(benchmark::State& state) {
  par::thread_pool pool(bench::threads);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        pool.submit([&] { return queens_par(pool, {}, board{}.free(), 0); }).get());
  }
  state.SetItemsProcessed(state.iterations());
}

void forkjoin_nqueens_tbb(benchmark::State& state) {
  tbb::task_arena arena(static_cast<int>(bench::threads));
  for (auto _ : state) {
    arena.execute([&] { benchmark::DoNotOptimize(queens_tbb({}, board{}.free(), 0)); });
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(forkjoin_fib_par)->Name("forkjoin/fib/par")->UseRealTime();
BENCHMARK(forkjoin_fib_tbb)->Name("forkjoin/fib/tbb")->UseRealTime();
BENCHMARK(forkjoin_nqueens_par)->Name("forkjoin/nqueens/par")->UseRealTime();
BENCHMARK(forkjoin_nqueens_tbb)->Name("forkjoin/nqueens/tbb")->UseRealTime();

}  // namespace
