// The options that choose among requests.
#pragma once

#include <vector>

#include "cli/option.h"
#include "countips/tallies/record_filter.h"

namespace countips {

// The filter is filled in when the command line is parsed; it must outlive the options.
[[nodiscard]] std::vector<cli::option> filter_options(record_filter& filter);

// Throws cli::usage_error if no request at all can pass, because the end is before the beginning.
void check_filter(const record_filter& filter);

}  // namespace countips
