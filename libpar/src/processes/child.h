// What a forked child does around the function that it was made for.
#pragma once

#include <sys/types.h>

#include <vector>

#include "par/base/unique_function.h"
#include "par/processes/connection.h"

namespace par::inline PAR_ABI::detail {

// How a child is to begin, before its function.
struct child_start {
  pid_t parent = 0;
  bool daemon = false;
  std::vector<int> cpus = {};
};

// Calls the function and ends the process. What it throws goes through `errors`, as two strings:
// type and text.
[[noreturn]] void run_child(const child_start& start, unique_function<int()> body,
                            connection errors) noexcept;

// Standard output and error of stdio.
void flush_standard_streams() noexcept;

}  // namespace par::inline PAR_ABI::detail
