// Small files that say what to copy, read whole.
#pragma once

#include <string>

#include "copytree/system/fs.h"

namespace copytree {

// From where the descriptor stands to the end.
[[nodiscard]] os_result<std::string> read_all(file_system& fs, int file);

// What the user named as a path; "-" is standard input.
[[nodiscard]] os_result<std::string> read_named(file_system& fs, const std::string& path);

}  // namespace copytree
