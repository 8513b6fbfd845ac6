// What a running command sees of the shell it was started from.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/backend.h"
#include "cli/messages.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "par/pools/executor.h"

namespace cli {

class session {
 public:
  virtual ~session() = default;

  // What stood on the command line beside the options.
  [[nodiscard]] virtual const std::vector<std::string>& operands() const = 0;

  // Becomes true at the first SIGINT, SIGTERM or SIGHUP: stop cleanly, tidy up, summarise, return.
  [[nodiscard]] virtual const std::atomic<bool>& stop() const = 0;

  // Standard error: errors, notes and the summary. Thread-safe.
  [[nodiscard]] virtual messages& log() = 0;

  // Standard output, buffered and checked. run() flushes it at the end and reports failure.
  [[nodiscard]] virtual output& out() = 0;

  // -q was given.
  [[nodiscard]] virtual bool quiet() const = 0;

  // -j, by default par::cpu_count().
  [[nodiscard]] virtual std::size_t jobs() const = 0;

  // --backend.
  [[nodiscard]] virtual backend backend_wanted() const = 0;

  // What --backend and -j ask for, in this process.
  [[nodiscard]] virtual std::unique_ptr<par::executor> make_executor() const = 0;

  // A bar that samples ten times a second until destroyed; silent when none is wanted, so callers
  // never ask.
  [[nodiscard]] virtual progress_bar show_progress(std::function<progress_sample()> sample) = 0;
};

}  // namespace cli
