// The progress bar on the last line of the terminal.
#pragma once

#include <functional>

#include "cli/progress_sample.h"
#include "cli/status_line.h"
#include "par/pools/thread.h"

namespace cli {

enum class progress_mode { off, bar, json };

// Draws at most ten times a second from a thread of its own. In mode json it prints one line a
// second, and a last one at the end. In every mode a request (progress_request.h) is answered with
// one line: of JSON in mode json, else as the bar would show it; in mode off that is all it does.
// The sample function is called on that thread, in mode bar for the first time at once, in mode off
// only on request, and not after the destructor, which erases the bar and does not wait for the
// next turn. If no thread can be had there is no bar. REQUIRES: line and what sample refers to
// outlive it; one at a time.
class progress_bar {
 public:
  progress_bar(progress_mode mode, status_line& line, std::function<progress_sample()> sample);

 private:
  par::thread painter_;
};

}  // namespace cli
