// Which bytes of a text are line ends, as bits of numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace countips {

constexpr std::size_t line_end_word = 64;  // Bytes for each mask.

// Bit i of mask w tells whether byte 64 w + i is an LF. With the widest vectors that pay and that
// the processor has. REQUIRES 64 bytes for each mask. Thread-safe.
void find_line_ends(const char* text, std::span<std::uint64_t> masks) noexcept;

namespace detail {

// The same with what every processor has.
void find_line_ends_anywhere(const char* text, std::span<std::uint64_t> masks) noexcept;

}  // namespace detail

}  // namespace countips
