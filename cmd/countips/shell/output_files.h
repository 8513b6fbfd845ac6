// The files that countips writes must not be those that it reads.
#pragma once

#include <string>
#include <vector>

#include "countips/shell/settings.h"

namespace countips {

// Throws cli::usage_error if a file that would be overwritten is one of the inputs, or of what else
// is read, by whatever name; if the page and the rejected lines would go to the same file; or if
// the page would replace something else than a page, such as a log that was named one word too
// early.
void check_output_files(const std::vector<std::string>& inputs, const settings& chosen);

}  // namespace countips
