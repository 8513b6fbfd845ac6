// Texts packed with each method that countips unpacks.
#pragma once

#include <string>
#include <string_view>

namespace countips {

enum class packing { gzip, zstd, bzip2, xz };

inline constexpr packing all_packings[] = {packing::gzip, packing::zstd, packing::bzip2,
                                           packing::xz};

[[nodiscard]] std::string name_of(packing how);

// One member, frame or stream, with a checksum.
[[nodiscard]] std::string pack(packing how, std::string_view text);

}  // namespace countips
