// Which new file a process is writing: should it die, another one can remove what there is of it.
#pragma once

#include <atomic>
#include <climits>
#include <cstddef>
#include <cstring>
#include <string>

#include "copytree/system/fs.h"

namespace copytree {

// Written by one process, read by another when the first is dead. A file is noted once it is there,
// so that what is removed is never anything else.
class new_file_note {
 public:
  // A name without a slash.
  void set(file_id directory, const char* name) {
    clear();
    const std::size_t length = ::strnlen(name, NAME_MAX);
    std::memcpy(name_, name, length);
    name_[length] = '\0';
    directory_ = directory;
    // With the other side of a death there is nothing to order; it keeps the compiler from moving
    // the writes above behind this one.
    is_set_.store(true, std::memory_order_release);
  }
  void clear() { is_set_.store(false, std::memory_order_release); }

  [[nodiscard]] bool is_set() const { return is_set_.load(std::memory_order_acquire); }
  [[nodiscard]] file_id directory() const { return directory_; }
  [[nodiscard]] std::string name() const { return name_; }

 private:
  std::atomic<bool> is_set_{false};
  file_id directory_;
  char name_[NAME_MAX + 1] = {};
};

}  // namespace copytree
