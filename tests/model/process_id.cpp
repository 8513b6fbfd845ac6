#include "model/process_id.h"

#include "model/execution.h"

namespace par::inline PAR_ABI::detail {

process_id this_process_id() noexcept {
  const model::execution* const here = model::execution::current();
  const std::size_t thread = here == nullptr ? 0 : here->running();
  return {.number = static_cast<std::uint32_t>(1 + thread), .started = 1};
}

bool process_watch::has_ended(process_id who) noexcept {
  return model::execution::current()->has_ended(who.number - 1);
}

}  // namespace par::inline PAR_ABI::detail
