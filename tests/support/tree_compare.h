// Compares two trees, by means that share nothing with the code under test.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace support {

// What differs between two trees, one line each, with the path below the roots; nothing if they are
// the same in: names, types, modes, owners, times of modification to the nanosecond (also of
// directories and symbolic links), contents, targets of links, device numbers, and which names are
// links to one file. Follows no links, opens nothing but directories and regular files; paths may
// be longer than PATH_MAX. The roots themselves are compared too. Throws std::system_error if a
// tree cannot be read.
[[nodiscard]] std::vector<std::string> differences(const std::filesystem::path& left,
                                                   const std::filesystem::path& right);

}  // namespace support
