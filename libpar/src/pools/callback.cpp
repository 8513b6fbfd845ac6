#include "par/pools/callback.h"

#include <memory>

namespace par::inline PAR_ABI::detail {

void callback::add(future_state& to, unique_function<void()> f) {
  std::unique_ptr<callback> added(new callback(std::move(f)));
  if (to.watch(*added)) {
    // completed takes it back.
    static_cast<void>(added.release());  // NOLINT(bugprone-unused-return-value)
  } else {
    added.release()->completed();
  }
}

void callback::completed() noexcept {
  const std::unique_ptr<callback> self(this);
  try {
    function_();
  } catch (...) {  // As the header says.
  }
}

}  // namespace par::inline PAR_ABI::detail
