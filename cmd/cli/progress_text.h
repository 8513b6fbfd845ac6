// The text of the progress bar.
#pragma once

#include <string>

#include "cli/progress_meter.h"
#include "cli/progress_sample.h"

namespace cli {

// One line of at most `columns`, without control characters:
//
//    42% [####......] 1,234/2,938 files  1.2/2.9 GiB  812 MiB/s  0:03:12 left  photos/.../a.jpg
//    counting  1,234/2,938+ files  1.2/2.9+ GiB  812 MiB/s  photos/.../a.jpg
//
// In a narrow window the path goes first, then the bar, the time left, the rate and the bytes.
[[nodiscard]] std::string progress_text(const progress_sample& sample,
                                        const progress_figures& figures, int columns);

}  // namespace cli
