// countips, run as a user does.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "support/run.h"

inline support::run_result countips(std::vector<std::string> arguments,
                                    const support::run_options& options = {}) {
  arguments.insert(arguments.begin(), BIN_DIR "/countips");
  return support::run(arguments, options);
}

// With --format tsv --no-header.
inline support::run_result count_rows(std::vector<std::string> arguments,
                                      const support::run_options& options = {}) {
  arguments.insert(arguments.begin(), {"--format", "tsv", "--no-header"});
  return countips(std::move(arguments), options);
}
