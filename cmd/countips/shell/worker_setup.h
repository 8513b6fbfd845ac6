// How a process that counts parts learns what the command line asks for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "countips/shell/chosen_formats.h"
#include "countips/workers/shared_counters.h"

namespace countips {

// Values that can be sent: the worker reads the same command line once more.
struct worker_setup {
  std::vector<std::string> arguments;
  std::optional<std::string> here;  // TZ.
  format_sources formats;
  std::size_t first_rejects = 0;  // How many rejected lines of an input it tells.
  shared_counters counters;
  std::uint64_t hash_seed = 0;  // So that its tables can be taken over as they lie.
};

// Makes the calling process a worker: see workers/worker.h.
void begin_worker(const worker_setup& setup);

}  // namespace countips
