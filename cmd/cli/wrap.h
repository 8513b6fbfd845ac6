// Text broken into lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// Breaks at spaces so that no line takes more than `columns`, except a word that is longer by
// itself. A newline in the text begins a new line; two keep an empty one between. Spaces
// before a line indent what it is broken into.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, int columns);

}  // namespace cli
