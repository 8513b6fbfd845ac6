// Progress for programs: one JSON object a line.
#pragma once

#include <string>

#include "cli/progress_meter.h"
#include "cli/progress_sample.h"

namespace cli {

// {"elapsed":1.5,"items":3,"items_total":9,...,"finished":false} and a newline. Seconds and bytes
// are plain numbers; what is not known is null. `finished` marks the last line.
[[nodiscard]] std::string progress_json(const progress_sample& sample,
                                        const progress_figures& figures, bool finished);

}  // namespace cli
