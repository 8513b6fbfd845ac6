// Several tasks at once: results in order, the first error, and a pool's threads beside them.
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "par/coroutines/await_future.h"
#include "par/coroutines/gather.h"
#include "par/coroutines/this_task.h"
#include "par/pools/thread_pool.h"

namespace {

using namespace std::chrono_literals;

// The later ones are ready first.
par::task<std::string> answer(int number) {
  co_await par::this_task::sleep_for(10ms * (10 - number));
  if (number == 7) throw std::runtime_error("no answer to question 7");
  co_return "answer " + std::to_string(number);
}

par::task<> ask(int from, int to) {
  std::vector<par::task<std::string>> questions;
  for (int i = from; i <= to; ++i) questions.push_back(answer(i));
  const std::vector<std::string> answers = co_await par::gather(std::move(questions));
  for (const std::string& each : answers) std::cout << each << '\n';
}

// Computed on a thread of the pool, while this one's other tasks go on.
par::task<int> triangle(par::thread_pool& pool, int n) {
  const int sum = co_await par::submit(
      pool,
      [](int last) {
        int all = 0;
        for (int i = 1; i <= last; ++i) all += i;
        return all;
      },
      n);
  co_return sum;
}

par::task<> show(par::thread_pool& pool) {
  co_await ask(1, 4);
  try {
    co_await ask(5, 8);
  } catch (const std::runtime_error& e) {
    std::cout << e.what() << '\n';
  }
  const auto [ten, hundred, text] =
      co_await par::gather(triangle(pool, 10), triangle(pool, 100), answer(9));
  std::cout << ten << ", " << hundred << ", " << text << '\n';
}

}  // namespace

int main() {  // NOLINT(bugprone-exception-escape): ends the program, and says what.
  par::thread_pool pool(2);
  par::virtual_clock clock;  // Nobody waits for the sleepers.
  par::scheduler(clock).run(show(pool));
}
