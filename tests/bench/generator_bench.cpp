// What an item costs that comes out of a generator: Fibonacci numbers modulo 2^64, beside a plain
// loop and an iterator class; through chains of generators; and what a generator itself costs.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <utility>

#include "libpar_bench.h"
#include "par/iterators/generator.h"

namespace {

constexpr std::int64_t many = 1'000'000;
using par::generator;

void fibonacci_loop(benchmark::State& state) {
  for (auto _ : state) {
    std::uint64_t current = 0, next = 1;
    for (std::int64_t i = 0; i < many; ++i) {
      benchmark::DoNotOptimize(current);
      current = std::exchange(next, current + next);
    }
  }
  state.SetItemsProcessed(state.iterations() * many);
}

class fibonacci_numbers {
 public:
  class iterator {
   public:
    using value_type = std::uint64_t;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    explicit iterator(std::int64_t count) : left_(count) {}
    std::uint64_t operator*() const { return current_; }
    iterator& operator++() {
      current_ = std::exchange(next_, current_ + next_);
      --left_;
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return left_ == 0; }

   private:
    std::uint64_t current_ = 0, next_ = 1;
    std::int64_t left_ = 0;
  };

  explicit fibonacci_numbers(std::int64_t count) : count_(count) {}
  [[nodiscard]] iterator begin() const { return iterator(count_); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  std::int64_t count_;
};

generator<std::uint64_t> fibonacci(std::int64_t count) {
  std::uint64_t current = 0, next = 1;
  for (std::int64_t i = 0; i < count; ++i) {
    co_yield current;
    current = std::exchange(next, current + next);
  }
}

template <class Range>
void go_through(Range range) {
  for (std::uint64_t item : range) benchmark::DoNotOptimize(item);
}

void fibonacci_class(benchmark::State& state) {
  for (auto _ : state) go_through(fibonacci_numbers(many));
  state.SetItemsProcessed(state.iterations() * many);
}

void fibonacci_generator(benchmark::State& state) {
  for (auto _ : state) go_through(fibonacci(many));
  state.SetItemsProcessed(state.iterations() * many);
}

generator<std::uint64_t> through(int generators, std::int64_t count) {
  if (generators == 0) {
    co_yield par::elements_of(fibonacci(count));
  } else {
    co_yield par::elements_of(through(generators - 1, count));
  }
}

// The items of the innermost of 1 + depth generators.
void nested(benchmark::State& state) {
  const int depth = static_cast<int>(state.range(0));
  for (auto _ : state) go_through(through(depth - 1, many));
  state.SetItemsProcessed(state.iterations() * many);
}

generator<std::uint64_t, std::uint64_t> echo() {
  std::uint64_t last = 0;
  for (;;) last = (co_yield last).value_or(0);
}

void send(benchmark::State& state) {
  auto items = echo();
  items.next();
  std::uint64_t value = 0;
  for (auto _ : state) benchmark::DoNotOptimize(items.send(++value));
  state.SetItemsProcessed(state.iterations());
}

// Made, asked for its one item, gone through and dropped.
void create(benchmark::State& state) {
  for (auto _ : state) go_through(fibonacci(1));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(fibonacci_generator)->Name("generator/by_loop/par");
BENCHMARK(fibonacci_loop)->Name("generator/by_loop/std");
BENCHMARK(fibonacci_generator)->Name("generator/by_class/par");
BENCHMARK(fibonacci_class)->Name("generator/by_class/std");
BENCHMARK(nested)->Name("generator/depth1/par")->Arg(1);
BENCHMARK(nested)->Name("generator/depth10/par")->Arg(10);
BENCHMARK(nested)->Name("generator/depth1000/par")->Arg(1'000);
BENCHMARK(send)->Name("generator/send/par");
BENCHMARK(create)->Name("generator/create/par");

}  // namespace
