// Trees made at random, the same for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "support/tree.h"

namespace support {

// What a tree can be made of: that depends on the file system, and on who makes it.
struct tree_means {
  bool user_attributes = false;
  bool access_lists = false;
  bool owners = false;
  bool devices = false;
  bool trusted_attributes = false;   // Of symbolic links and special files too.
  bool security_attributes = false;  // Capabilities, and labels where nothing watches over them.
  bool long_paths = false;           // Longer than PATH_MAX.
};

// Everything that can be made in a directory, found out by trying. Long paths always can.
[[nodiscard]] tree_means means_in(const std::filesystem::path& directory);

// A tree of about so many entries of every kind, with odd and long names, modes, times, sizes and
// holes, links across directories, and what else there are means for. An ordinary user can make and
// read all of it where the means are his.
[[nodiscard]] tree random_tree(std::uint32_t seed, std::size_t entries, tree_means means = {});

}  // namespace support
