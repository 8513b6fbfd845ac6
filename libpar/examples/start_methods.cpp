// What a child has of its parent's memory under each start method.
#include <cstdio>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "par/processes/process.h"

namespace {

std::string greeting = "from the beginning";

// Arguments come by value under every method; what else there is depends on it.
void tell(const std::vector<int>& numbers, par::connection end) {
  int sum = 0;
  for (const int each : numbers) sum += each;
  end.send(std::tuple(greeting, sum));
}

void start_by(par::start_method method, const char* name) {
  auto [mine, other] = par::pipe();
  const par::process child({.start = method},
                           par::bound<&tell>(std::vector{1, 2, 3}, std::move(other)));
  const auto [text, sum] = mine.recv<std::tuple<std::string, int>>();
  std::printf("%s: the greeting is %s, the sum is %d\n", name, text.c_str(), sum);
}

// An object with run(), whose members are sent.
struct countdown {
  int from = 0;
  [[nodiscard]] int run() const { return from - 1; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(from);
  }
};

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): ends the program, and says what.
int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);  // Before anything else: forkserver and spawn need it.
  greeting = "changed since";
  start_by(par::start_method::fork, "fork");
  start_by(par::start_method::forkserver, "forkserver");
  start_by(par::start_method::spawn, "spawn");

  par::process object(countdown{.from = 4});
  object.join();
  std::printf("an object returned %d\n", object.status()->code().value_or(-1));

  // A closure holds memory of this process: it can only be forked.
  par::process closure = par::process::fork([&] { return static_cast<int>(greeting.size()); });
  closure.join();
  std::printf("a closure returned %d\n", closure.status()->code().value_or(-1));
}
