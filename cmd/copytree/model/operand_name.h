// The parts of a path that the user named.
#pragma once

#include <string>
#include <string_view>

namespace copytree {

[[nodiscard]] std::string_view without_trailing_slashes(std::string_view path);

// What a source is called in the directory it is copied into: "." if its content goes there.
[[nodiscard]] std::string name_of(std::string_view path);

// The directory of a path, as far as it was given: "" for a plain name.
[[nodiscard]] std::string parent_of(std::string_view path);

}  // namespace copytree
