// What a file holds.
#pragma once

#include <filesystem>
#include <string>

namespace support {

// Throws std::system_error if it cannot be opened.
[[nodiscard]] std::string content_of(const std::filesystem::path& path);

}  // namespace support
