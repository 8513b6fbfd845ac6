// The one loop around write(2).
#pragma once

#include <atomic>
#include <string_view>

namespace cli {

// Writes everything, in one call where the system takes it so. Carries on after signals and short
// writes, and waits where the descriptor is non-blocking. Returns 0 or the errno that ended it.
//
// Once `stop`, if there is one, is true, it does not wait for a reader that takes nothing for a
// second, and returns ECANCELED. That a signal which sets it comes just before the system begins to
// wait goes unseen until the next one.
[[nodiscard]] int write_all(int descriptor, std::string_view text,
                            const std::atomic<bool>* stop = nullptr) noexcept;

}  // namespace cli
