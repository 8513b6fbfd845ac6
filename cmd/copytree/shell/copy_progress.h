// What a progress bar shows of a copy.
#pragma once

#include <atomic>
#include <cstdint>

#include "cli/progress_sample.h"
#include "copytree/model/counters.h"
#include "copytree/tree/source_count.h"

namespace copytree {

// Percentages go by entries and bytes that have been dealt with, whatever became of them; rates by
// bytes that were really read and written. What is shown as done never falls, totals are never less
// than what is done.
class copy_progress {
 public:
  // REQUIRES: the file system and the counters outlive it.
  copy_progress(file_system& fs, const options& how, const plan& what, counters& counts)
      : counts_(counts), sources_(fs, how, what, counts) {}

  // One thread. The first time it starts counting the sources ahead.
  cli::progress_sample sample();

  // The copy has come to its end: what has been dealt with is all there was. Thread-safe.
  void complete() { complete_ = true; }

 private:
  counters& counts_;
  source_count sources_;
  std::atomic<bool> complete_{false};
  std::uint64_t bytes_ = 0;  // As last shown.
};

}  // namespace copytree
