// Access control lists: taken over, taken away, and what they leave of a mode.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "copytree/attributes/xattrs.h"
#include "copytree/system/file_handle.h"

namespace copytree {

// The lists of a file as the kernel gives them: attributes with names of their own.
struct access_lists {
  std::optional<std::string> access;
  std::optional<std::string> inherited;  // Of a directory: what new entries in it get.
};

// Those that stand in `names`, a file's list of attributes.
par::expected<access_lists, attribute_error> read_access_lists(const file_handle& from,
                                                               const std::string& names);

// Gives a file exactly these lists; those it must not have are only looked for where it `may_have`
// some. A file system without lists is an error only if there is one to set.
std::vector<attribute_error> set_access_lists(const file_handle& to, const access_lists& lists,
                                              bool is_directory, bool may_have);

// Whether what is made in the directory inherits a list.
bool has_default_list(const file_handle& directory);

// The mode of a file that should have had the list but does not: its group bits, which stand for
// the most that anybody in the list may do, are those of the group alone.
mode_t mode_without(const std::string& access_list, mode_t mode);

}  // namespace copytree
