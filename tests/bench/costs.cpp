// What a thread, a process and a coroutine cost here: to start, to switch to, in memory. Prints the
// table of libpar/doc/python.md, and the processor time of a pool that has nothing to do.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <coroutine>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "par/locks/event.h"
#include "par/pools/thread.h"
#include "par/pools/thread_pool.h"
#include "par/queues/queue.h"

namespace {

using clock_type = std::chrono::steady_clock;

// Median over nine rounds of what one of `times` calls takes, in nanoseconds.
template <class F>
double cost_of(int times, F call) {
  std::array<double, 9> rounds{};
  for (double& each : rounds) {
    const auto begin = clock_type::now();
    for (int i = 0; i < times; ++i) call();
    each = std::chrono::duration<double, std::nano>(clock_type::now() - begin).count() / times;
  }
  std::nth_element(rounds.begin(), rounds.begin() + 4, rounds.end());
  return rounds[4];
}

// Of this process, in bytes: what is in memory, divided by those who share it.
double memory() {
  std::ifstream rollup("/proc/self/smaps_rollup");
  for (std::string word; rollup >> word;) {
    double kilobytes = 0;
    if (word == "Pss:" && rollup >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

double start_thread() {
  return cost_of(1'000, [] { par::thread("cost", [] {}); });
}

double start_task() {
  par::thread_pool pool(1);
  return cost_of(20'000, [&] { pool.submit([] {}).get(); });
}

double start_process() {
  return cost_of(200, [] {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
  });
}

struct numbers {
  struct promise_type {
    numbers get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
    static void* operator new(std::size_t size) {
      frame_size = size;
      return ::operator new(size);
    }
    static void operator delete(void* frame) { ::operator delete(frame); }
    static inline std::size_t frame_size = 0;
  };
  std::coroutine_handle<promise_type> handle;
};

numbers count() {
  for (int i = 0;; ++i) co_yield i;
}

double start_coroutine() {
  return cost_of(1'000'000, [] { count().handle.destroy(); });
}

double switch_coroutine() {
  const numbers counting = count();
  const double cost = cost_of(1'000'000, [&] { counting.handle.resume(); });
  counting.handle.destroy();
  return cost / 2;  // There and back.
}

// To another thread that sleeps, half of there and back.
double switch_thread() {
  par::event there, back;
  bool last = false;
  par::thread other("cost", [&] {
    while (there.wait(), there.clear(), !last) back.set();
  });
  const double cost = cost_of(20'000, [&] {
    there.set();
    back.wait();
    back.clear();
  });
  last = true;
  there.set();
  return cost / 2;
}

double switch_process() {
  std::array<int, 2> there{}, back{};
  if (pipe(there.data()) != 0 || pipe(back.data()) != 0) return 0;
  char byte = 0;
  const pid_t child = fork();
  if (child == 0) {
    close(there[1]);
    while (read(there[0], &byte, 1) == 1 && write(back[1], &byte, 1) == 1) {
    }
    _exit(0);
  }
  const double cost = cost_of(20'000, [&] {
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) std::abort();
  });
  close(there[1]);
  waitpid(child, nullptr, 0);
  return cost / 2;
}

double memory_of_a_thread() {
  constexpr int many = 500;
  const double before = memory();
  par::event over;
  std::vector<par::thread> threads;
  threads.reserve(many);
  for (int i = 0; i < many; ++i) threads.emplace_back("cost", [&] { over.wait(); });
  const double after = memory();
  over.set();
  return (after - before) / many;
}

// What the child has that is not shared with its parent.
double memory_of_a_process() {
  std::array<int, 2> result{};
  if (pipe(result.data()) != 0) return 0;
  const pid_t child = fork();
  if (child == 0) {
    const double own = memory();
    if (write(result[1], &own, sizeof own) != sizeof own) _exit(1);
    _exit(0);
  }
  double own = 0;
  if (read(result[0], &own, sizeof own) != sizeof own) own = 0;
  waitpid(child, nullptr, 0);
  return own;
}

// Milliseconds of processor time in ten seconds, after some work.
double idle_pool() {
  par::thread_pool pool(2);
  for (int i = 0; i < 1'000; ++i) pool.post([] {});
  pool.wait_idle();
  const auto used = [] {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
  };
  const double before = used();
  std::this_thread::sleep_for(std::chrono::seconds(10));
  return used() - before;
}

}  // namespace

int main() {
  std::printf("%-20s %12s %12s %12s\n", "", "start", "switch", "memory");
  std::printf("%-20s %9.2f us %9.2f us %9.1f KiB\n", "process (fork)", start_process() / 1e3,
              switch_process() / 1e3, memory_of_a_process() / 1024);
  std::printf("%-20s %9.2f us %9.2f us %9.1f KiB\n", "thread", start_thread() / 1e3,
              switch_thread() / 1e3, memory_of_a_thread() / 1024);
  std::printf("%-20s %9.2f us %12s %9zu B\n", "task of a pool", start_task() / 1e3, "-",
              sizeof(par::detail::function_state<void, void (*)()>));
  const double start = start_coroutine() / 1e3;
  std::printf("%-20s %9.3f us %9.3f us %9zu B\n", "coroutine", start, switch_coroutine() / 1e3,
              numbers::promise_type::frame_size);
  std::printf("processor time of an idle pool of 2 threads in 10 s: %.2f ms\n", idle_pool());
}
