// Writes a file whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "par/base/expected.h"

namespace countips {

// What has the name now keeps it, untouched, until all is written and on the disk; its permissions
// go over to what comes in its place, and a symbolic link stays one. What is no regular file, as a
// pipe or a terminal, is written to. The error is the errno of the first step that failed.
[[nodiscard]] par::expected<void, int> replace_file(const std::string& path,
                                                    std::string_view content);

}  // namespace countips
