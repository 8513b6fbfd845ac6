// Puts a new entry into a directory, all or nothing.
#pragma once

#include <string>
#include <utility>

#include "copytree/system/fs.h"
#include "par/base/function_ref.h"

namespace copytree {

// An entry in the making: where nothing stands it is made under its own name, else under a
// temporary one and moved over what stands there when it is complete, or without any name. What is
// not committed is removed again.
class placement {
 public:
  using maker = par::function_ref<os_result<void>(at)>;

  placement(file_system& fs, at where);
  placement(const placement&) = delete;
  placement& operator=(const placement&) = delete;
  ~placement();

  // Calls `make` with the final name. It must fail with file_exists rather than replace.
  os_result<void> make_new(maker make);

  // Calls `make` with a temporary name in the same directory.
  os_result<void> make_replacement(maker make);

  // Takes a file without a name, to be named when it is complete; it must stay open until then.
  void make_unnamed(int file) { unnamed_ = file; }

  [[nodiscard]] bool is_temporary() const { return temporary_; }
  [[nodiscard]] bool is_unnamed() const { return unnamed_ != none; }
  // What stood there is now called `name`: it gets its own name back if this is not committed.
  void keep_backup(std::string name) { backup_ = std::move(name); }

  // Under which name it stands now. REQUIRES that one of the above has succeeded.
  [[nodiscard]] at made() const { return {.directory = where_.directory, .name = name_.c_str()}; }

  [[nodiscard]] bool empty() const { return name_.empty(); }  // Nothing has been made.

  os_result<void> commit();

 private:
  static constexpr int none = -1;

  os_result<void> name_it();

  file_system& fs_;
  const at where_;
  std::string name_;  // Empty: nothing to remove.
  bool temporary_ = false;
  int unnamed_ = none;
  std::string backup_;
};

}  // namespace copytree
