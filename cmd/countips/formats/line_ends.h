// Where the line ends of a text are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace countips {

// How many bytes can be looked through at once.
constexpr std::size_t most_for_line_ends = std::size_t{4} << 10;

// Lists the places of all LFs, from front to back, and returns how many there are. With the widest
// vectors that pay and that the processor has. REQUIRES no more than most_for_line_ends bytes, and
// room for one place more than there are bytes. Thread-safe.
std::size_t find_line_ends(std::string_view text, std::span<std::uint16_t> into) noexcept;

namespace detail {

// The same with what every processor has.
std::size_t find_line_ends_anywhere(std::string_view text, std::span<std::uint16_t> into) noexcept;

}  // namespace detail

}  // namespace countips
