// The formats of logs that are JSON, a document per line.
#pragma once

#include <memory>
#include <vector>

#include "countips/formats/json_description.h"
#include "countips/formats/log_format.h"

namespace countips {

// Of documents that the description fits.
[[nodiscard]] std::shared_ptr<const log_format> json_format(json_description of);

// The known ones, most specific first: a document of one of them is none to those before it.
[[nodiscard]] std::vector<std::shared_ptr<const log_format>> json_formats();

}  // namespace countips
