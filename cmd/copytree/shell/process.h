// What a copy asks of the process it runs in.
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace copytree {

struct process_powers {
  std::size_t descriptors;  // How many files may be open at once.
  bool privileged;          // May give files away.
  mode_t umask;             // As the user has set it.
};

// Allows as many open files as the system lets this process have, and leaves the modes of new files
// to the copy alone. For the whole process: call it once, early.
process_powers prepare_process();

}  // namespace copytree
