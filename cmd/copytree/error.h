// What can go wrong with one entry of a tree.
#pragma once

#include <string>
#include <system_error>

namespace copytree {

enum class operation {
  // The system refused; error::reason says why.
  stat_source,
  open_source,
  open_source_directory,
  read_directory,
  read_link,
  read_data,
  stat_destination,
  open_target,
  open_destination_directory,
  create_file,
  create_directory,
  create_symlink,
  create_special,
  create_hard_link,
  write_data,
  replace,
  remove,
  set_owner,
  set_times,
  set_mode,
  // Our own rules; there is no reason beside them.
  same_file,
  into_itself,
  directory_over_other,
  other_over_directory,
  already_exists,
  just_created,
  repeated_source,
  source_replaced,
  remove_source,
  removal_refused,
  mirror_of_several,
  empty_name,
  backup_of_root,
};

struct error {
  operation what;
  std::errc reason{};  // 0 where the operation says it all.
  std::string source;  // Paths as the user would write them; either may be empty.
  std::string destination;

  friend bool operator==(const error&, const error&) = default;
};

}  // namespace copytree
