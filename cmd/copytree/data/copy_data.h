// Copies the content of a file.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "copytree/data/copy_methods.h"
#include "copytree/data/file_progress.h"
#include "copytree/data/rate_limit.h"
#include "copytree/model/checksum.h"
#include "copytree/model/error.h"
#include "copytree/model/observer.h"
#include "copytree/model/options.h"
#include "copytree/system/fs.h"
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

// By which rules data is copied, and what the copies share; it is not owned.
struct data_rules {
  file_system& fs;
  file_progress& progress;  // Told of the bytes as they are copied.
  const std::atomic<bool>& stop;
  policy reflink = policy::automatic;
  policy sparse = policy::automatic;
  bool summed = false;  // Also take the sum of the content.
  rate_limit* limit = nullptr;
};

struct data_copied {
  std::uint64_t bytes = 0;
  transfer how = {};
  std::optional<checksum> sum = {};
};

// Copies from one file to another, empty one, both at their beginnings, up to the end of the first
// wherever that is by then, unless it grows without end: its size in `status` is only a hint, and 0
// says nothing (/proc). Tries in turn to share the blocks, to have the kernel copy, and to read and
// write; data_fallbacks says what leads from one to the next, and `methods` remembers it. Ends
// early when the rules' `stop` becomes true.
//
// reflink: never also keeps from asking the kernel to copy, which may share blocks; always fails
// with operation::clone where they cannot be shared. sparse: automatic keeps the holes that the
// file system tells of, always also makes holes of blocks of zeros, never fills all holes; the
// last two read and write.
par::expected<data_copied, data_error> copy_data(const data_rules& rules, copy_methods& methods,
                                                 int from, int to, const file_status& status);

}  // namespace copytree
