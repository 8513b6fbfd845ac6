// Who the calling process is, as far as libpar started it.
#pragma once

#include <sys/types.h>

#include <string>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

struct process_identity {
  std::string name = "MainProcess";
  std::string number = {};  // "1:2": the second child of the first; empty: not started by libpar.
  pid_t parent = 0;         // That asked for it; 0: not started by libpar.
  bool daemon = false;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(name, number, parent, daemon);
  }
};

// Constant but for the moment when a process begins, when there is one thread.
[[nodiscard]] const process_identity& this_process() noexcept;
void become(process_identity of);

// Of the next child: "1", "2", ...; in a child of its own "1:1", "1:2", ... Thread-safe.
[[nodiscard]] std::string next_child_number();

}  // namespace par::inline PAR_ABI::detail
