// What an attempt to take an owner_lock means to who made it.
#pragma once

#include "owner_lock.h"
#include "par/processes/ipc/owner_died.h"

namespace par::inline PAR_ABI::ipc {

// True: taken; false: gave up. Throws owner_died.
inline bool taken(detail::owner_lock::attempt tried) {
  if (tried.how == detail::owner_lock::outcome::abandoned) throw owner_died(tried.died);
  return tried.how != detail::owner_lock::outcome::gave_up;
}

}  // namespace par::inline PAR_ABI::ipc
