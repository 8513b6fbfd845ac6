// Test trees described as data.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

namespace support {

enum class tree_kind { directory, file, symlink, hard_link, fifo, socket, sparse_file };

struct tree_entry {
  std::string path;  // Below the root, any bytes but NUL; parents come first.
  tree_kind kind = tree_kind::file;
  std::string content = {};  // Of a file; or the target of a symbolic link; or the other name of a
                             // hard link, below the root.
  mode_t mode = 0644;
  timespec time = {.tv_sec = 1'000'000'000, .tv_nsec = 123'456'789};  // Of access and change.
  std::uint64_t hole = 0;  // Of a sparse file: so many bytes before the content, and after it.
};

using tree = std::vector<tree_entry>;

[[nodiscard]] tree_entry dir(std::string path, mode_t mode = 0755);
[[nodiscard]] tree_entry file(std::string path, std::string content = "", mode_t mode = 0644);
[[nodiscard]] tree_entry symlink(std::string path, std::string target);
[[nodiscard]] tree_entry hard_link(std::string path, std::string existing);
[[nodiscard]] tree_entry fifo(std::string path, mode_t mode = 0644);

// Makes the entries below a directory, which must exist. Modes and times are exact, those of
// directories too. Throws std::system_error.
void make_tree(const std::filesystem::path& root, const tree& entries);

// A tree of about so many entries of every kind, with odd names, modes, times and sizes; the same
// for the same seed. An ordinary user can make and read all of it.
[[nodiscard]] tree random_tree(std::uint32_t seed, std::size_t entries);

}  // namespace support
