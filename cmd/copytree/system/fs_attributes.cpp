// The calls of the seam that deal with extended attributes.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>

#include "copytree/system/fs.h"

namespace copytree {

namespace {

// Then the path is a link of /proc to the entry, and that one link has to be followed.
bool is_entry_itself(at where) {
  return where.name[0] == '\0';
}

// The calls take no directory; /proc gives an open one a path, of which the last step alone is
// resolved anew.
std::string path_of(at where) {
  if (is_entry_itself(where)) return fmt::format("/proc/self/fd/{}", where.directory);
  if (where.directory == AT_FDCWD || where.name[0] == '/') return where.name;
  return fmt::format("/proc/self/fd/{}/{}", where.directory, where.name);
}

template <class Value, class Returned>
os_result<Value> result_of(Returned returned) {
  if (returned == -1) return par::unexpected<std::errc>(static_cast<std::errc>(errno));
  return static_cast<Value>(returned);
}

os_result<void> done_or_error(int returned) {
  if (returned == -1) return par::unexpected<std::errc>(static_cast<std::errc>(errno));
  return {};
}

// A path through /proc is not found where /proc is not mounted.
template <class Result>
Result told_apart(Result result) {
  if (!result && result.error() == std::errc::no_such_file_or_directory &&
      ::access("/proc/self/fd", X_OK) == -1) {
    return par::unexpected<std::errc>(std::errc::not_supported);
  }
  return result;
}

}  // namespace

os_result<std::size_t> file_system::list_attributes(int file, std::span<char> names) {
  return result_of<std::size_t>(::flistxattr(file, names.data(), names.size()));
}

os_result<std::size_t> file_system::list_attributes_at(at where, std::span<char> names) {
  return told_apart(result_of<std::size_t>((is_entry_itself(where) ? ::listxattr : ::llistxattr)(
      path_of(where).c_str(), names.data(), names.size())));
}

os_result<std::size_t> file_system::get_attribute(int file, const char* name,
                                                  std::span<char> value) {
  return result_of<std::size_t>(::fgetxattr(file, name, value.data(), value.size()));
}

os_result<std::size_t> file_system::get_attribute_at(at where, const char* name,
                                                     std::span<char> value) {
  return told_apart(result_of<std::size_t>((is_entry_itself(where) ? ::getxattr : ::lgetxattr)(
      path_of(where).c_str(), name, value.data(), value.size())));
}

os_result<void> file_system::set_attribute(int file, const char* name, std::string_view value) {
  return done_or_error(::fsetxattr(file, name, value.data(), value.size(), 0));
}

os_result<void> file_system::set_attribute_at(at where, const char* name, std::string_view value) {
  return told_apart(done_or_error((is_entry_itself(where) ? ::setxattr : ::lsetxattr)(
      path_of(where).c_str(), name, value.data(), value.size(), 0)));
}

os_result<void> file_system::remove_attribute(int file, const char* name) {
  return done_or_error(::fremovexattr(file, name));
}

os_result<void> file_system::remove_attribute_at(at where, const char* name) {
  return told_apart(done_or_error(
      (is_entry_itself(where) ? ::removexattr : ::lremovexattr)(path_of(where).c_str(), name)));
}

}  // namespace copytree
