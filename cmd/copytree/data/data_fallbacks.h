// What it means when the kernel refuses to copy a file's data for us.
#pragma once

#include <system_error>

namespace copytree {

// The ways that are cheaper than reading and writing.
enum class data_way { clone, range };

enum class refusal {
  for_good,   // These two file systems will not do it: never try again.
  this_file,  // Perhaps this file only: take the next way for it, and try again with the next.
  failure,    // A real error, which the next way would meet as well.
};

// An errno that is not known means `this_file`: the next way will show whether the error is real,
// and reading and writing apart, on which side it is. EINTR is none of this function's business.
[[nodiscard]] refusal meaning_of(data_way way, std::errc reason);

}  // namespace copytree
