// The answer to a question that a command asks.
#pragma once

#include <cstdio>

namespace cli {

// Reads one line; true if it begins with "y" or "Y". False at the end of the file. Reads ahead, as
// stdio does.
[[nodiscard]] bool reads_yes(std::FILE* from = stdin);

}  // namespace cli
