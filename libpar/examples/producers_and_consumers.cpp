// Two producers and three consumers share the work through a bounded queue.
//
// The queue holds four items: producers that are ahead wait. Closing it ends the consumers' loops
// once all is taken.
#include <atomic>
#include <cstdio>
#include <vector>

#include "par/pools/thread.h"
#include "par/queues/queue.h"

int main() {  // NOLINT(bugprone-exception-escape): ends the program, and says what.
  constexpr int producers = 2, consumers = 3, items_each = 1000;
  par::queue<int> numbers(4);
  std::atomic<int> taken = 0;
  std::atomic<long> sum = 0;

  std::vector<par::thread> workers;
  for (int c = 0; c < consumers; ++c) {
    workers.emplace_back("consumer", [&] {
      for (const int number : numbers.consume()) {
        sum += number;
        ++taken;
        numbers.task_done();
      }
    });
  }

  std::vector<par::thread> sources;
  for (int p = 0; p < producers; ++p) {
    sources.emplace_back("producer", [&] {
      for (int number = 1; number <= items_each; ++number) numbers.put(number);
    });
  }
  sources.clear();  // Joins the producers.

  numbers.join();  // Every item is dealt with, not only taken.
  std::printf("%d items, sum %ld\n", taken.load(), sum.load());

  numbers.close();
  workers.clear();
  std::printf("closed: %s, left: %zu\n", numbers.closed() ? "yes" : "no", numbers.size());
}
