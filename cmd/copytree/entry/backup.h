// Keeps what stands in the way of a copy under another name.
#pragma once

#include <string>
#include <string_view>

#include "copytree/model/options.h"
#include "copytree/system/fs.h"

namespace copytree {

// The name that the backup of an entry would get: the suffix appended, or the number after the
// highest that is there ("name.~3~"). Only simple ones take the place of an earlier backup.
[[nodiscard]] os_result<std::string> backup_name(file_system& fs, at where, backup kind,
                                                 std::string_view suffix);

// Renames the entry to its backup name, which is returned.
[[nodiscard]] os_result<std::string> set_aside(file_system& fs, at where, backup kind,
                                               std::string_view suffix);

// Whether the source is what a simple backup of the entry would overwrite.
[[nodiscard]] bool is_backup_of(file_system& fs, std::string_view source_name,
                                const file_status& source, at where, std::string_view suffix);

}  // namespace copytree
