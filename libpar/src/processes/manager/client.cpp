#include "client.h"

#include "object.h"

namespace par::inline PAR_ABI::detail {

bool client::has_gone() {
  if (gone_ || !interrupted_) return gone_;
  interrupted_ = false;
  try {
    // Empty: it takes its request back, and waits for the answer. It has nothing else to say now.
    gone_ = !channel().recv_parcel().bytes.empty();
  } catch (const std::exception&) {
    gone_ = true;
  }
  return gone_;
}

void client::forget_everywhere() noexcept {
  for (const std::shared_ptr<managed_object>& each : concerned_) each->forget(number_);
  concerned_.clear();
}

}  // namespace par::inline PAR_ABI::detail
