// Tasks that take turns on one thread: spawned, sleeping, joined, cancelled. Time is virtual here,
// so that nobody waits for the output.
#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "par/coroutines/join_all.h"
#include "par/coroutines/scheduler.h"
#include "par/coroutines/this_task.h"

namespace {

using namespace std::chrono_literals;

class stopwatch {
 public:
  explicit stopwatch(par::virtual_clock& clock) : clock_(&clock), start_(clock.now()) {}
  [[nodiscard]] long seconds() const {
    return std::chrono::duration_cast<std::chrono::seconds>(clock_->now() - start_).count();
  }

 private:
  par::virtual_clock* clock_;
  par::virtual_clock::time_point start_;
};

par::task<int> cook(std::string dish, std::chrono::seconds span, const stopwatch& watch) {
  std::cout << watch.seconds() << " s: " << dish << " begins\n";
  co_await par::this_task::sleep_for(span);
  std::cout << watch.seconds() << " s: " << dish << " is done\n";
  co_return static_cast<int>(dish.size());
}

// Its destructor runs however the task ends.
class light {
 public:
  explicit light(const stopwatch& watch) : watch_(&watch) {}
  ~light() { std::cout << watch_->seconds() << " s: light out\n"; }
  light(const light&) = delete;
  light& operator=(const light&) = delete;

 private:
  const stopwatch* watch_;
};

par::task<> keep_light(const stopwatch& watch) {
  const light on(watch);
  for (;;) co_await par::this_task::sleep_for(1h);
}

par::task<> kitchen(const stopwatch& watch) {
  const par::task_handle lamp = par::spawn("lamp", keep_light(watch));
  std::vector<par::spawned<int>> dishes;
  dishes.push_back(par::spawn("soup", cook("soup", 20s, watch)));
  dishes.push_back(par::spawn("roast", cook("roast", 90s, watch)));
  dishes.push_back(par::spawn("pie", cook("pie", 45s, watch)));
  co_await par::join_all(dishes);
  int letters = 0;
  for (par::spawned<int>& each : dishes) letters += each.get();
  std::cout << watch.seconds() << " s: dinner of " << letters << " letters\n";
  lamp.cancel();
  co_await lamp.join();
}

}  // namespace

int main() {  // NOLINT(bugprone-exception-escape): ends the program, and says what.
  par::virtual_clock clock;
  const stopwatch watch(clock);
  par::scheduler turns(clock);
  turns.run(kitchen(watch));
}
