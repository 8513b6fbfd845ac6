// Copies the content of a file.
#pragma once

#include <atomic>
#include <cstdint>

#include "copytree/copy_methods.h"
#include "copytree/error.h"
#include "copytree/file_progress.h"
#include "copytree/fs.h"
#include "par/base/expected.h"

namespace copytree {

// Why a file was not copied to its end. `reason` is operation_canceled if the copy was stopped.
struct data_error {
  operation what;
  std::errc reason;

  [[nodiscard]] bool stopped() const { return reason == std::errc::operation_canceled; }
};

// Below this size a file is read and written in one go; above it, cheaper ways are tried first.
inline constexpr std::uint64_t long_file = 256 * 1024;

// Copies from one file to another, empty one, both at their beginnings, up to the end of the first
// wherever that is by then, unless it grows without end: its size in `status` is only a hint, and 0
// says nothing (/proc). Tries in turn to share the blocks, to have the kernel copy, and to read and
// write; whatever goes wrong with the first two is left to the next. Holes stay holes. Returns the
// number of bytes. Tells `progress` as it goes; ends early when `stop` becomes true.
par::expected<std::uint64_t, data_error> copy_data(file_system& fs, int from, int to,
                                                   const file_status& status, copy_methods& methods,
                                                   file_progress& progress,
                                                   const std::atomic<bool>& stop);

}  // namespace copytree
