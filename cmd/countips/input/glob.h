// Patterns for paths that the shell has left alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "countips/input/failure.h"
#include "countips/input/source.h"

namespace countips {

// Whether it has a star, a question mark or a bracket.
[[nodiscard]] bool is_pattern(std::string_view path);

struct glob_result {
  std::vector<std::string> paths;       // In the order of rotation.
  std::vector<input_failure> failures;  // Directories that could not be listed.
};

// The paths that fit, with the rules of the shell: a slash and a dot at the beginning of a name are
// only fitted by themselves.
[[nodiscard]] glob_result find_matches(std::string_view pattern, file_system& files);

}  // namespace countips
