// A file whose attributes are read or set: open, or known by its name.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "copytree/system/fs.h"

namespace copytree {

// Files and directories are named by a descriptor; symbolic links and special files, which cannot
// be opened without effect, by their place in an open directory. Owns nothing.
class file_handle {
 public:
  file_handle(file_system& fs, int file) : fs_(fs), file_(file), where_{} {}
  file_handle(file_system& fs, at where) : fs_(fs), file_(none), where_(where) {}

  [[nodiscard]] bool is_open() const { return file_ != none; }

  [[nodiscard]] os_result<void> set_owner(uid_t user, gid_t group) const {
    return is_open() ? fs_.set_owner(file_, user, group) : fs_.set_owner_at(where_, user, group);
  }
  [[nodiscard]] os_result<void> set_times(const file_times& times) const {
    return is_open() ? fs_.set_times(file_, times) : fs_.set_times_at(where_, times);
  }
  [[nodiscard]] os_result<void> set_mode(mode_t mode) const {
    return is_open() ? fs_.set_mode(file_, mode) : fs_.set_mode_at(where_, mode);
  }

  [[nodiscard]] os_result<std::size_t> list(std::span<char> names) const {
    return is_open() ? fs_.list_attributes(file_, names) : fs_.list_attributes_at(where_, names);
  }
  [[nodiscard]] os_result<std::size_t> get(const char* name, std::span<char> value) const {
    return is_open() ? fs_.get_attribute(file_, name, value)
                     : fs_.get_attribute_at(where_, name, value);
  }
  [[nodiscard]] os_result<void> set(const char* name, std::string_view value) const {
    return is_open() ? fs_.set_attribute(file_, name, value)
                     : fs_.set_attribute_at(where_, name, value);
  }
  [[nodiscard]] os_result<void> remove(const char* name) const {
    return is_open() ? fs_.remove_attribute(file_, name) : fs_.remove_attribute_at(where_, name);
  }

 private:
  static constexpr int none = -1;

  file_system& fs_;
  const int file_;
  const at where_;
};

}  // namespace copytree
