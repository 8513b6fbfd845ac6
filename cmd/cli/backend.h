// The choice of --backend.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "par/pools/executor.h"

namespace cli {

enum class backend { serial, threads, tbb };

// Those that this build has, by name.
[[nodiscard]] std::vector<std::pair<std::string, backend>> available_backends();

// REQUIRES: kind is available, jobs >= 1. Throws std::system_error if no thread can be started.
[[nodiscard]] std::unique_ptr<par::executor> make_executor(backend kind, std::size_t jobs);

}  // namespace cli
