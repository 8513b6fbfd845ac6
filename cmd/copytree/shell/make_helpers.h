// The processes of --backend=processes.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "cli/session.h"
#include "copytree/model/counters.h"
#include "copytree/model/options.h"
#include "copytree/run/helpers.h"

namespace copytree {

// Whether this build has them.
[[nodiscard]] bool offers_helpers();

// Before anything else in main, where there are no threads yet: makes helpers possible, if the
// arguments may ask for them.
void prepare_helpers(int argc, char** argv);

// Processes that copy for this one, as long as they live; they end when this one does. What is
// given must outlive them. REQUIRES: offers_helpers(), prepare_helpers() was called, processes
// >= 1. Throws std::system_error if no process can be started.
[[nodiscard]] std::unique_ptr<helpers> make_helpers(std::size_t processes, const options& how,
                                                    const std::atomic<bool>& stop,
                                                    counters& counts);

// Those that the command line asks for; null if it does not. Where questions are asked there are
// none either.
[[nodiscard]] std::unique_ptr<helpers> make_helpers(const cli::session& session, const options& how,
                                                    counters& counts);

}  // namespace copytree
