// Results of worker processes by callback; one task takes its worker with it, the others do not
// notice.
#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "par/processes/process_pool.h"

namespace {

int square(int x) {
  if (x == 3) throw std::domain_error("three is not for squaring");
  if (x == 5) static_cast<void>(std::raise(SIGKILL));
  return x * x;
}

std::string what_happened(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const par::worker_died& death) {
    return death.status() == par::exit_status::killed(SIGKILL) ? "its worker was killed" : "?";
  } catch (const par::remote_error& thrown) {
    return thrown.type() + ": " + thrown.what();
  } catch (const std::exception& other) {
    return other.what();
  }
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): ends the program, and says what.
int main(int argc, char** argv) {
  par::prepare_processes(argc, argv);
  std::map<int, std::string> told;  // Callbacks run on one thread; join() waits for it.
  par::process_pool pool(2);
  for (int x = 1; x <= 6; ++x) {
    static_cast<void>(pool.apply_async<&square>(
        std::tuple(x), [&told, x](int result) { told[x] = std::to_string(result); },
        [&told, x](const std::exception_ptr& error) { told[x] = what_happened(error); }));
  }

  std::printf("in order:");
  for (const int each : pool.imap<&square>(std::vector{7, 8, 9})) std::printf(" %d", each);
  std::printf("\n");

  pool.close();
  pool.join();
  for (const auto& [x, text] : told) std::printf("%d -> %s\n", x, text.c_str());
}
