// Whether a line is of a layout as a whole.
#pragma once

#include <optional>
#include <string_view>

#include "countips/formats/layout.h"
#include "countips/formats/leading_address.h"

namespace countips {

// What stands behind all that the layout tells of, "" if the line is of it from end to end; nullopt
// if the line does not even begin so. The line is without its line end. `first` tells of lines that
// begin with two addresses.
[[nodiscard]] std::optional<std::string_view> behind_layout(std::string_view line, const layout& of,
                                                            leading_address first);

}  // namespace countips
