// Compares two trees, by means that share nothing with the code under test.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace support {

// All that there is to know of a tree, read at once: names, types, modes, owners, times of
// modification and access to the nanosecond (also of directories and symbolic links), contents,
// maps of the holes, targets of links, device numbers, extended attributes (access control lists,
// capabilities and labels among them, byte for byte), and which names are links to one file.
// Follows no links, opens nothing but directories and regular files; paths may be longer than
// PATH_MAX. Reading it changes no times of access, if the files are ours. Throws std::system_error
// if the tree cannot be read.
class tree_facts {
 public:
  using facts = std::map<std::string, std::string>;  // Property -> value.

  explicit tree_facts(const std::filesystem::path& root);

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] const std::map<std::string, facts>& entries() const { return entries_; }

 private:
  std::string root_;
  std::map<std::string, facts> entries_;  // By the path below the root, which is ".".
};

// What differs between two trees, one line each, with the path below the roots. The roots
// themselves are compared too.
[[nodiscard]] std::vector<std::string> differences(const tree_facts& left, const tree_facts& right);

// The same for two trees as they are now. Times of access are left out: to copy a tree is to read
// it. Take its facts before, where they matter.
[[nodiscard]] std::vector<std::string> differences(const std::filesystem::path& left,
                                                   const std::filesystem::path& right);

}  // namespace support
