// All formats that are recognised by themselves.
#pragma once

#include "countips/formats/log_format.h"

namespace countips {

// The most specific first. Made by the first call; thread-safe.
[[nodiscard]] const format_list& known_formats();

}  // namespace countips
