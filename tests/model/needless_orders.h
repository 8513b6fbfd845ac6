// Which memory orders of a primitive nothing would miss.
#pragma once

#include <string>
#include <vector>

#include "model/explorer.h"

namespace model {

// A scenario of a primitive, and how far to explore it.
struct proof {
  const char* name;
  test make;
  options bounds = {};
};

// Every place in these files (names without directories) whose order is stronger than relaxed, as
// the runs of the scenarios meet them.
[[nodiscard]] std::vector<site> sites(const std::vector<proof>& scenarios,
                                      const std::vector<std::string>& files);

// Weakens each of these orders, one at a time and by one step, and explores every scenario with it
// until one fails. Returns those weakenings that none notices, as describe puts them. REQUIRES: the
// scenarios hold as they are. Throws std::logic_error if a file has no such order, or if a scenario
// fails for a reason that is its own.
[[nodiscard]] std::vector<std::string> needless_orders(const std::vector<proof>& scenarios,
                                                       const std::vector<std::string>& files);

}  // namespace model
