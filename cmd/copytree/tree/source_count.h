// Counts what there is to copy, so that progress can be told as a fraction.
#pragma once

#include <stop_token>
#include <vector>

#include "copytree/model/counters.h"
#include "copytree/model/options.h"
#include "copytree/operands/plan.h"
#include "copytree/system/fs.h"
#include "par/pools/thread.h"

namespace copytree {

// Walks the sources of a plan on a thread of its own, beside the copy, from the first start() on;
// nobody who does not look pays for it. What it cannot read it leaves out: the copy reports it.
// Afterwards it settles what is in directories that the copy has lost.
class source_count {
 public:
  source_count(file_system& fs, options how, const plan& what, counters& counts);
  ~source_count() = default;  // Ends the walk if it is still under way.

  void start();  // Not thread-safe. Later calls do nothing.

 private:
  void walk_all(const std::stop_token& stop);

  file_system& fs_;
  const options how_;
  const std::vector<job> jobs_;
  counters& counts_;
  par::thread walker_;
};

}  // namespace copytree
