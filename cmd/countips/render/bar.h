// Bars made of characters.
#pragma once

#include <cstdint>
#include <string>

namespace countips {

enum class bar_characters {
  ascii,   // #, one a column.
  blocks,  // Unicode's blocks, down to an eighth of a column.
};

// A bar for `value` where `most` takes all the columns. Whatever is not 0 can be seen. REQUIRES:
// value <= most, columns >= 1.
[[nodiscard]] std::string bar(std::uint64_t value, std::uint64_t most, int columns,
                              bar_characters made_of);

}  // namespace countips
