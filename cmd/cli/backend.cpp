#include "cli/backend.h"

#include <algorithm>
#include <string_view>

#include "par/pools/serial_executor.h"
#include "par/pools/thread_pool.h"
#ifdef CLI_HAS_TBB
#include "par/tbb/tbb_executor.h"
#endif

namespace cli {

std::vector<std::pair<std::string, backend>> available_backends(bool with_processes) {
  std::vector<std::pair<std::string, backend>> all = {
      {"serial", backend::serial},
      {"threads", backend::threads},
#ifdef CLI_HAS_TBB
      {"tbb", backend::tbb},
#endif
  };
  if (with_processes) all.emplace_back("processes", backend::processes);
  return all;
}

bool may_want_processes(int argc, char** argv) {
  return std::any_of(argv, argv + argc, [](std::string_view argument) {
    return argument == "processes" || argument.ends_with("=processes");
  });
}

std::unique_ptr<par::executor> make_executor(backend kind, std::size_t jobs) {
#ifdef CLI_HAS_TBB
  if (kind == backend::tbb) return std::make_unique<par::tbb_executor>(jobs);
#endif
  if (kind == backend::serial) return std::make_unique<par::serial_executor>();
  return std::make_unique<par::thread_pool>(jobs);
}

}  // namespace cli
