// Reading from a source as often as it takes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

#include "countips/input/source.h"

namespace countips {

// Fills `into` from the offset on; less at the end of the file, and before bytes that cannot be
// read (the next call fails then). Interrupted and short calls are repeated. Thread-safe.
[[nodiscard]] or_errno<std::size_t> read_fully_at(source& from, std::uint64_t offset,
                                                  std::span<char> into);

// At least one byte, or 0 at the end. While there is nothing, looks at the stop flag ten times a
// second; ECANCELED once it is set.
[[nodiscard]] or_errno<std::size_t> read_some(source& from, std::span<char> into,
                                              const std::atomic<bool>& stop);

}  // namespace countips
