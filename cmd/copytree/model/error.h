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
  open_target_directory,
  stat_parent,
  make_parent,
  open_destination_directory,
  create_file,
  create_directory,
  create_symlink,
  create_fifo,
  create_special,
  create_hard_link,
  create_substitute_link,  // A symbolic link to the source.
  set_aside,
  remove_destination,
  write_data,
  clone,
  sync,
  read_back,
  remove_leftover,
  replace,
  set_owner,
  set_times,
  set_mode,
  list_attributes,
  get_attribute,
  set_attribute,
  set_attributes,  // None can be set there.
  // Our own rules; there is no reason beside them.
  same_file,
  not_recursive,
  into_itself,
  cyclic_link,
  directory_over_other,
  other_over_directory,
  already_exists,
  just_created,
  through_new_link,
  through_dangling_link,
  not_replacing,
  source_is_backup,
  relative_link_elsewhere,
  parent_not_directory,
  repeated_source,
  repeated_source_directory,
  source_replaced,
  source_changed,
  content_differs,
  remove_source,
  removal_refused,
  mirror_of_several,
  empty_name,
  backup_of_root,
  lose_process,
};

struct error {
  operation what;
  std::errc reason{};  // 0 where the operation says it all.
  std::string source;  // Paths as the user would write them; either may be empty.
  std::string destination;
  std::string attribute = {};  // The name of an extended attribute, where one is concerned.
  std::string ending = {};     // How the process ended that copied it, where it was lost.

  friend bool operator==(const error&, const error&) = default;
};

}  // namespace copytree
