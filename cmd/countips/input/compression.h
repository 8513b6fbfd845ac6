// Which method of compression a file is packed with, told by its first bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "countips/input/unpacker.h"

namespace countips {

// How many bytes are enough to tell. Fewer will do if there are no more.
inline constexpr std::size_t most_magic = 10;

// Whether the bytes that a file begins with are those of a packed one.
[[nodiscard]] bool begins_packed(std::span<const char> first);

// For the file that begins with these bytes; null if it is not packed.
[[nodiscard]] std::unique_ptr<unpacker> make_unpacker_for(std::span<const char> first);

}  // namespace countips
