#include "copytree/attributes/acl.h"

#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>

#include <cstring>
#include <string_view>
#include <utility>

namespace copytree {

namespace {

constexpr const char* access_name = "system.posix_acl_access";
constexpr const char* default_name = "system.posix_acl_default";

bool contains(const std::string& names, std::string_view wanted) {
  for (std::string_view rest = names; !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find('\0'));
    if (name == wanted) return true;
    rest.remove_prefix(name.size() + 1);
  }
  return false;
}

// What the destination may say if there is no list to take away.
bool means_none(std::errc reason) {
  return reason == std::errc::no_message_available ||  // ENODATA
         reason == std::errc::not_supported || reason == std::errc::function_not_supported;
}

attribute_error failure(std::errc reason) {
  return {.what = operation::set_mode, .reason = reason};
}

// The permissions of the one entry with the tag, or all.
unsigned permissions_of(const std::string& list, unsigned tag) {
  constexpr unsigned all = 07;
  posix_acl_xattr_entry entry;
  for (std::size_t at = sizeof(posix_acl_xattr_header); at + sizeof entry <= list.size();
       at += sizeof entry) {
    std::memcpy(&entry, list.data() + at, sizeof entry);
    if (le16toh(entry.e_tag) == tag) return le16toh(entry.e_perm) & all;
  }
  return all;
}

}  // namespace

par::expected<access_lists, attribute_error> read_access_lists(const file_handle& from,
                                                               const std::string& names) {
  access_lists found;
  for (const auto& [name, value] :
       {std::pair(access_name, &found.access), std::pair(default_name, &found.inherited)}) {
    if (!contains(names, name)) continue;
    auto read = get_xattr(from, name);
    if (!read && means_none(read.error())) continue;  // It has gone meanwhile.
    if (!read) {
      return par::unexpected<attribute_error>(
          {.what = operation::get_attribute, .reason = read.error(), .name = name});
    }
    *value = std::move(*read);
  }
  return found;
}

std::vector<attribute_error> set_access_lists(const file_handle& to, const access_lists& lists,
                                              bool is_directory, bool may_have) {
  std::vector<attribute_error> errors;
  const auto give = [&](const char* name, const std::optional<std::string>& value) {
    if (value) {
      if (const auto set = to.set(name, *value); !set) errors.push_back(failure(set.error()));
    } else if (may_have) {
      const auto removed = to.remove(name);
      if (!removed && !means_none(removed.error())) errors.push_back(failure(removed.error()));
    }
  };
  give(access_name, lists.access);
  if (is_directory) give(default_name, lists.inherited);
  return errors;
}

bool has_default_list(const file_handle& directory) {
  return directory.get(default_name, {}).has_value();
}

mode_t mode_without(const std::string& access_list, mode_t mode) {
  constexpr unsigned group_shift = 3;
  const unsigned granted =
      permissions_of(access_list, ACL_GROUP_OBJ) & permissions_of(access_list, ACL_MASK);
  return (mode & ~static_cast<mode_t>(S_IRWXG)) | (granted << group_shift);
}

}  // namespace copytree
