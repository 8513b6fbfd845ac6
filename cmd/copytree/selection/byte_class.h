// The sets of bytes that patterns call by name: [:alpha:] and the like.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>

namespace copytree {

// Those of the C locale, whatever the user's; nothing for a name that is not known.
[[nodiscard]] std::optional<std::bitset<256>> byte_class(std::string_view name);

}  // namespace copytree
