// Other processes that copy for this one.
#pragma once

#include <cstddef>

#include "copytree/data/rate_limit.h"
#include "copytree/run/batch.h"

namespace copytree {

struct context;

// Thread-safe. What they do comes back as tasks of the copy's executor.
class helpers {
 public:
  virtual ~helpers() = default;

  // How many entries to hand over at once.
  [[nodiscard]] virtual std::size_t share_size() const = 0;

  // Has the entries of a directory copied, with all that is below them. False if enough is waiting
  // already: they are the caller's to copy then.
  [[nodiscard]] virtual bool take(context& run, batch& entries) = 0;

  // Waits until nothing is left with them. False if nothing was.
  virtual bool wait_idle() = 0;

  // What they have spent of the bandwidth, with this process.
  [[nodiscard]] virtual rate_limit::account& spent() = 0;
};

}  // namespace copytree
