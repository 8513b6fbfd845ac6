// "Did you mean": the known word nearest to a mistyped one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

// How many insertions, deletions, replacements and swaps of neighbours make one word of the other
// (Damerau 1964; the restricted form, in which no part is edited twice). Counted in bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The word with the least distance, the first of equals; or the only one that begins with what was
// typed; none if too far to have been meant.
[[nodiscard]] std::optional<std::string> nearest(std::string_view typed,
                                                 const std::vector<std::string>& words);

}  // namespace cli
