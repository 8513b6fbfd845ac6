#include "par/processes/ipc/owner_died.h"

#include <string>

namespace par::inline PAR_ABI::ipc {

owner_died::owner_died(pid_t pid)
    : std::runtime_error("process " + std::to_string(pid) + " died while it held a lock"),
      pid_(pid) {}

}  // namespace par::inline PAR_ABI::ipc
