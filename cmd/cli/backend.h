// The choice of --backend.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "par/pools/executor.h"

namespace cli {

enum class backend { serial, threads, tbb, processes };

// Those that this build has, by name. Only some tools can spread their work over processes.
[[nodiscard]] std::vector<std::pair<std::string, backend>> available_backends(
    bool with_processes = false);

// What runs in this process; where other processes do the work, that is threads that look after
// them. REQUIRES: kind is available, jobs >= 1. Throws std::system_error if no thread can be
// started.
[[nodiscard]] std::unique_ptr<par::executor> make_executor(backend kind, std::size_t jobs);

// Whether --backend=processes may stand among the arguments: a program that offers it prepares for
// processes first thing, which costs a little, before it has read its command line.
[[nodiscard]] bool may_want_processes(int argc, char** argv);

}  // namespace cli
