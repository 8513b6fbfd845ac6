// What prepare_processes() leaves for later starts.
#pragma once

#include <string>

#include "par/processes/descriptor.h"

namespace par::inline PAR_ABI::detail {

struct preparation {
  bool done = false;
  std::string program = {};  // argv[0].
  descriptor requests = {};  // The fork server's socket, the same one in all descendants.
};

// Written only while this process has one thread.
[[nodiscard]] preparation& this_preparation() noexcept;

// Throws std::logic_error that says what to do, if it was not called.
const preparation& require_preparation();

}  // namespace par::inline PAR_ABI::detail
