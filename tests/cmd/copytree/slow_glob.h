// gitignore's wildcards by the book: slow, obvious, and sharing nothing with the code under test.
#pragma once

#include <string_view>

namespace copytree {

// Tries every way in which each wildcard can match. Of sets it knows single bytes, ranges and "!";
// a pattern must not use anything else within brackets.
[[nodiscard]] bool slow_match(std::string_view pattern, std::string_view text);

}  // namespace copytree
