// Names in /dev/shm that go when the process that made them has ended, however that was.
#pragma once

#include <sys/types.h>

#include <compare>
#include <string>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Which file: a name may be made again by somebody else.
struct file_identity {
  dev_t device = 0;
  ino_t inode = 0;

  friend auto operator<=>(const file_identity&, const file_identity&) = default;
};

constexpr const char* shared_memory_directory = "/dev/shm/";

// From now on the name is removed at the end of the calling process, if it is of that file then.
// May come before the name is given. The first call starts a process that waits for that end; it
// has no parent, no open files, and no memory but what the caller had. Thread-safe. Throws
// std::system_error.
void keep_name(const std::string& name, file_identity of);

// The name of that file is not kept any more. Nothing happens if it was not.
void forget_name_of(file_identity file) noexcept;

}  // namespace par::inline PAR_ABI::detail
