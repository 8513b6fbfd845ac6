// Whose address a line begins with, where another one follows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace countips {

// Whether the line begins with two addresses, the first of which may have a port, and ident and
// user or nothing follow them before the time. Where one word follows, it is the user.
[[nodiscard]] bool begins_with_two_addresses(std::string_view line);

enum class leading_address : std::uint8_t { of_client, of_host };

// What it is in the lines of a log, of which these are a sample. A server has few virtual hosts and
// many clients: the first word of two is a host if there are at least twice as many addresses in
// the second place as in the first, and more than two. Lines that do not begin so tell nothing.
[[nodiscard]] leading_address find_leading_address(std::span<const std::string_view> lines);

}  // namespace countips
