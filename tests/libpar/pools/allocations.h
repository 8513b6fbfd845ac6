// What this program has asked operator new for: for tests that say how little something takes.
#pragma once

#include <cstddef>

// How often, on any thread, since the program began. Only in programs that link allocations.cpp.
[[nodiscard]] std::size_t allocations() noexcept;

// That it has now, with what the allocator adds to fill up its blocks.
[[nodiscard]] std::size_t allocated_bytes() noexcept;
