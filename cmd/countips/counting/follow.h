// Counting in logs that are still written to.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "countips/counting/input_rules.h"
#include "countips/counting/report.h"
#include "countips/input/failure.h"
#include "countips/input/source.h"
#include "countips/tallies/options.h"
#include "par/pools/executor.h"

namespace countips {

// Is told while the count goes on, by the thread that follows.
class follow_observer {
 public:
  virtual ~follow_observer() = default;

  [[nodiscard]] virtual bool counted(const report& so_far) = 0;  // False: no more is wanted.
  virtual void failed(const input_failure& why) = 0;  // Once for each; the count goes on.
};

// Counts what the inputs hold and what is added to them (input/follower.h tells how), until `stop`
// is set or no more can come. Packed files are counted as they are and not followed; directories
// and patterns stand for what they hold at the start. The observer gets a report soon after
// something has been counted, but with a pause between two of them, which may be 0. What is
// returned holds also lines that have no end yet; it is `stopped` if not even what there was at the
// start could be counted. Must not be called from a task of the executor.
[[nodiscard]] report follow(const count_options& options, const std::vector<std::string>& operands,
                            file_system& files, par::executor& on, const std::atomic<bool>& stop,
                            std::chrono::milliseconds pause, follow_observer& observer,
                            const input_rules& rules = {});

}  // namespace countips
