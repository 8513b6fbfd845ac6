// What a child does around the function that it was made for.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "par/base/unique_function.h"
#include "par/processes/connection.h"
#include "par/processes/descriptor.h"
#include "this_process.h"

namespace par::inline PAR_ABI::detail {

// How a child is to begin, before its function.
struct child_start {
  process_identity identity = {};
  std::vector<int> cpus = {};
  descriptor parent = {};  // A pidfd, if it is a daemon.
};

// Calls the function and ends the process. What it throws goes through `errors`, as two strings:
// type and text.
[[noreturn]] void run_child(child_start start, unique_function<int()> body,
                            connection& errors) noexcept;

// What is being handled, as run_child() tells it.
void tell_current_exception(connection& errors) noexcept;

// Standard output and error of stdio.
void flush_standard_streams() noexcept;

// Type and text of the exception that is being handled, as remote_error takes them.
[[nodiscard]] std::pair<std::string, std::string> current_thrown();

}  // namespace par::inline PAR_ABI::detail
