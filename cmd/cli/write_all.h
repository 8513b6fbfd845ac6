// The one loop around write(2).
#pragma once

#include <string_view>

namespace cli {

// Writes everything, in one call where the system takes it so. Carries on after signals and short
// writes, and waits where the descriptor is non-blocking. Returns 0 or the errno that ended it.
[[nodiscard]] int write_all(int descriptor, std::string_view text) noexcept;

}  // namespace cli
