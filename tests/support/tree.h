// Test trees described as data.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace support {

enum class tree_kind {
  directory,
  file,
  symlink,
  hard_link,
  fifo,
  socket,
  char_device,
  block_device,
  sparse_file,
};

// An extended attribute, byte for byte; see acl.h for lists and capabilities.
struct attribute {
  std::string name;
  std::string value;
};

struct tree_entry {
  std::string path;  // Below the root, any bytes but NUL, any length; parents come first.
  tree_kind kind = tree_kind::file;
  std::string content = {};  // Of a file; or the target of a symbolic link; or the other name of a
                             // hard link, below the root.
  mode_t mode = 0644;        // An access control list among the attributes wins.
  timespec time = {.tv_sec = 1'000'000'000, .tv_nsec = 123'456'789};  // Of modification.
  std::optional<timespec> access_time = {};                           // The same if not given.
  std::uint64_t hole = 0;  // Of a sparse file: so many bytes before the content, and after it.
  int extents = 1;         // Of a sparse file: how often the content comes, a hole before each.
  std::vector<attribute> attributes = {};
  std::optional<uid_t> user = {};  // Ours if not given.
  std::optional<gid_t> group = {};
  dev_t device = 0;
};

using tree = std::vector<tree_entry>;

[[nodiscard]] tree_entry dir(std::string path, mode_t mode = 0755);
[[nodiscard]] tree_entry file(std::string path, std::string content = "", mode_t mode = 0644);
[[nodiscard]] tree_entry symlink(std::string path, std::string target);
[[nodiscard]] tree_entry hard_link(std::string path, std::string existing);
[[nodiscard]] tree_entry fifo(std::string path, mode_t mode = 0644);
[[nodiscard]] tree_entry with(tree_entry entry, std::vector<attribute> attributes);

// Makes the entries below a directory, which must exist. Modes, times, owners and attributes are
// exact, those of directories too. Throws std::system_error.
void make_tree(const std::filesystem::path& root, const tree& entries);

}  // namespace support
