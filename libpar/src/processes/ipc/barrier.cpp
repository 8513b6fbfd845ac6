#include "par/processes/ipc/barrier.h"

#include <new>
#include <stdexcept>

#include "barrier_state.h"
#include "par/processes/codec.h"
#include "par/processes/entry_point.h"
#include "step.h"

namespace par::inline PAR_ABI::ipc {

using detail::barrier_state;
using detail::ipc_step;
using detail::wait_slot;

struct barrier::shared_state {
  shared_state(std::size_t parties, std::size_t slots) : of(parties, slots) {}
  static std::size_t size_for(std::size_t slots) noexcept {
    return sizeof(shared_state) - sizeof(barrier_state) + barrier_state::size_for(slots);
  }

  detail::shared_kind kind = detail::shared_kind::barrier;
  barrier_state of;  // Last: its slots follow.
};

namespace {

// Some may still have to leave the last round when others come for the next.
std::size_t slots_for(std::size_t parties) {
  if (parties == 0) throw std::invalid_argument("ipc::barrier: 0 parties");
  if (parties > std::size_t{1} << 20) throw std::invalid_argument("ipc::barrier: too many parties");
  return 2 * parties + 8;
}

}  // namespace

barrier::barrier(std::size_t parties, action run)
    : shared_handle(detail::shared_kind::barrier, shared_state::size_for(slots_for(parties))),
      action_(run) {
  new (place()) shared_state(parties, slots_for(parties));
}

void barrier::save(parcel_writer& to) const {
  shared_handle::save(to);
  to(action_ != nullptr);
  if (action_ != nullptr) to(detail::entry_of(action_));
}

void barrier::load(parcel_reader& from) {
  shared_handle::load(from);
  bool has_action = false;
  from(has_action);
  if (!has_action) return;
  detail::entry_point entry;
  from(entry);
  action_ = detail::function_at<void()>(entry);
}

expected<std::size_t, barrier_errc> barrier::wait_until(deadline until,
                                                        const std::stop_token& stop) const {
  auto& all = state<shared_state>();
  barrier_state& self = all.of;
  const auto here = self.arrive(true);
  if (here.as == barrier_state::arrival::refused) return unexpected(barrier_errc::broken);
  if (here.as == barrier_state::arrival::last) return complete(all, here.slot);
  wait_slot& slot = self.slots()[here.slot];
  const auto waited = self.await(slot, until, stop);
  barrier_state::vacate(slot);
  if (!waited) return unexpected(waited.error());
  return here.index;
}

std::size_t barrier::complete(shared_state& all, std::size_t slot) const {
  barrier_state& self = all.of;
  wait_slot& mine = self.slots()[slot];
  try {
    ipc_step("barrier.complete.acting");
    if (action_ != nullptr) action_();
  } catch (...) {
    self.fail(&mine, false);
    mine.user.release();
    throw;
  }
  self.complete(mine);
  mine.user.release();
  return self.parties - 1;
}

std::size_t barrier::wait() const {
  const auto index = wait_until(deadline::never());
  if (!index) throw broken_barrier();
  return *index;
}

expected<std::size_t, barrier_errc> barrier::try_wait() const {
  auto& all = state<shared_state>();
  barrier_state& self = all.of;
  const auto here = self.arrive(false);
  if (here.as == barrier_state::arrival::refused) return unexpected(barrier_errc::broken);
  if (here.as == barrier_state::arrival::last) return complete(all, here.slot);
  return unexpected(barrier_errc::incomplete);
}

void barrier::abort() const {
  state<shared_state>().of.fail(nullptr, false);
}

void barrier::reset() const {
  state<shared_state>().of.fail(nullptr, true);
}

std::size_t barrier::parties() const {
  return state<shared_state>().of.parties;
}

std::size_t barrier::waiting() const {
  return state<shared_state>().of.count_waiting();
}

bool barrier::broken() const {
  return state<shared_state>().of.is_broken();
}

}  // namespace par::inline PAR_ABI::ipc
