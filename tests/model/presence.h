// The mark that libpar has the system leave on a slot of one who died, for threads that vanish.
#pragma once

#include "model/robust_lock.h"

namespace par::inline PAR_ABI::detail {

// As in processes/ipc/wait_slot.h.
class presence {
 public:
  [[nodiscard]] bool claim() noexcept { return user_.try_lock().has_value(); }
  void release() noexcept { user_.unlock(); }
  [[nodiscard]] bool is_alive() noexcept {
    if (!claim()) return true;
    release();
    return false;
  }

 private:
  robust_lock user_;
};

}  // namespace par::inline PAR_ABI::detail
