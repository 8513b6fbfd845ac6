// Cost of a task that does nearly nothing, in another process and back.
#include "par/processes/process_pool.h"

#include <cstdio>
#include <string>
#include <vector>

#include "libpar_bench.h"

namespace {

constexpr int tasks = 10'000;

int same(int number) {
  return number;
}

void empty_par(benchmark::State& state) {
  par::process_pool pool({.workers = bench::threads, .start = par::start_method::fork});
  std::vector<par::future<int>> results(tasks);
  for (auto _ : state) {
    for (int i = 0; i < tasks; ++i) {
      results[static_cast<std::size_t>(i)] = pool.submit<&same>(i);
    }
    for (int i = 0; i < tasks; ++i) {
      if (results[static_cast<std::size_t>(i)].get() != i) return state.SkipWithError("wrong");
    }
  }
  state.SetItemsProcessed(state.iterations() * tasks);
}

// The script says how long it took without the start of Python and of its workers.
void empty_python(benchmark::State& state) {
  constexpr int count = tasks / 5;
  const std::string command = std::string("python3 ") + BENCH_SCRIPTS + "/process_pool.py " +
                              std::to_string(bench::threads) + " " + std::to_string(count);
  for (auto _ : state) {
    std::FILE* const output = ::popen(command.c_str(), "r");
    double seconds = 0;
    const bool told = output != nullptr && std::fscanf(output, "%lf", &seconds) == 1;
    if (output != nullptr) ::pclose(output);
    if (!told) return state.SkipWithError("no python3");
    state.SetIterationTime(seconds);
  }
  state.SetItemsProcessed(state.iterations() * count);
}

BENCHMARK(empty_par)->Name("process_pool/empty/par")->UseRealTime();
BENCHMARK(empty_python)->Name("process_pool/empty/python")->UseManualTime();

}  // namespace
