// How often this program has called operator new: for tests that say what allocates nothing.
#pragma once

#include <cstddef>

// On any thread, since the program began. Only in programs that link allocations.cpp.
[[nodiscard]] std::size_t allocations() noexcept;
