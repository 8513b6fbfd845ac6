// Whether there is memory enough, told before anything is tried.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fib/indices/index_range.h"
#include "fib/text/request.h"

namespace fib {

// About how many bytes the largest of these numbers takes to compute and convert.
[[nodiscard]] std::uint64_t memory_needed(const request& what, const index_range& numbers);

// How many bytes this process can have: what the machine has, or the limit on the process or on its
// control group if that is less.
[[nodiscard]] std::uint64_t memory_there();

// What to tell the user if that does not do.
[[nodiscard]] std::optional<std::string> memory_lacking(const request& what,
                                                        const index_range& numbers);

}  // namespace fib
