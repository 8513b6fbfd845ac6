// Messages per second from one process to another: ipc::queue, a pipe, and Python's queue.
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "libpar_bench.h"
#include "par/processes/ipc/queue.h"
#include "par/processes/process.h"

namespace {

constexpr std::size_t small = 64;
constexpr std::size_t large = 65536;

// Enough for the start of the process not to count: a tenth of a second or so.
constexpr int messages(std::size_t size) {
  return size == small ? 1'000'000 : 20'000;
}

template <std::size_t size>
struct message_of {
  using type = std::vector<std::byte>;
  static type make() { return type(size); }
};
template <>
struct message_of<small> {
  struct type {
    std::array<std::byte, small> bytes;
  };
  static type make() { return {}; }
};

template <std::size_t size>
void through_queue(benchmark::State& state) {
  using message = message_of<size>;
  for (auto _ : state) {
    const par::ipc::queue<typename message::type> queue;
    const par::process sender = par::process::fork([queue] {
      const auto each = message::make();
      for (int i = 0; i < messages(size); ++i) queue.put(each);
    });
    for (int i = 0; i < messages(size); ++i) benchmark::DoNotOptimize(queue.get());
  }
  state.SetItemsProcessed(state.iterations() * messages(size));
}

// The call, again and again until all bytes are through.
template <class Call>
void whole(std::size_t size, Call call) {
  for (std::size_t done = 0; done < size;) {
    const ssize_t moved = call(done);
    if (moved <= 0) throw std::system_error(errno, std::generic_category(), "pipe");
    done += static_cast<std::size_t>(moved);
  }
}

template <std::size_t size>
void through_pipe(benchmark::State& state) {
  for (auto _ : state) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    const par::descriptor in(ends[0]), out(ends[1]);
    std::vector<std::byte> message(size);
    const par::process sender = par::process::fork([&] {
      for (int i = 0; i < messages(size); ++i) {
        whole(size, [&](std::size_t from) {
          return ::write(out.get(), message.data() + from, size - from);
        });
      }
    });
    for (int i = 0; i < messages(size); ++i) {
      whole(size,
            [&](std::size_t from) { return ::read(in.get(), message.data() + from, size - from); });
    }
  }
  state.SetItemsProcessed(state.iterations() * messages(size));
}

// The script says how long it took without the start of Python.
template <std::size_t size>
void through_python(benchmark::State& state) {
  constexpr int count = messages(size) / 20;
  const std::string command = std::string("python3 ") + BENCH_SCRIPTS + "/ipc_queue.py " +
                              std::to_string(size) + " " + std::to_string(count);
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

BENCHMARK(through_queue<small>)->Name("ipc_queue/64B/par")->UseRealTime();
BENCHMARK(through_pipe<small>)->Name("ipc_queue/64B/pipe")->UseRealTime();
BENCHMARK(through_python<small>)->Name("ipc_queue/64B/python")->UseManualTime();
BENCHMARK(through_queue<large>)->Name("ipc_queue/64KiB/par")->UseRealTime();
BENCHMARK(through_pipe<large>)->Name("ipc_queue/64KiB/pipe")->UseRealTime();
BENCHMARK(through_python<large>)->Name("ipc_queue/64KiB/python")->UseManualTime();

}  // namespace
