#include "par/processes/manager/managed_pool.h"

#include "message.h"

namespace par::inline PAR_ABI::detail {

std::optional<packed> managed_task::take_until(deadline until, const std::stop_token& stop) const {
  auto [how, reply] = call_until<std::pair<outcome, packed>>(operation::take, until, stop, number_);
  if (how != outcome::done) return std::nullopt;
  return decode<packed>(result_of(std::move(reply.content())));
}

}  // namespace par::inline PAR_ABI::detail
