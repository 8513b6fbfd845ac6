#include "barrier_state.h"

#include <algorithm>
#include <new>
#include <system_error>

#include "shared_sleep.h"
#include "step.h"

namespace par::inline PAR_ABI::detail {
namespace {

void settle(wait_slot& slot, barrier_state::slot_state how) noexcept {
  futex_change_shared(slot.state, word_change::set, how);
}

}  // namespace

barrier_state::barrier_state(std::size_t parties_, std::size_t slots_) noexcept
    : parties(parties_), capacity(slots_) {
  for (wait_slot& each : slots()) new (&each) wait_slot;
}

std::span<wait_slot> barrier_state::slots() const noexcept {
  static_assert(sizeof(barrier_state) % alignof(wait_slot) == 0);
  auto* const behind = const_cast<barrier_state*>(this) + 1;  // NOLINT(*-const-cast)
  return {reinterpret_cast<wait_slot*>(behind), capacity};    // NOLINT(*-reinterpret-cast)
}

std::size_t barrier_state::waiting_in(std::uint64_t of) const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(slots(), [of](const wait_slot& each) {
    return each.state.load() == waiting && each.turn == of;
  }));
}

// Its last party is there.
bool barrier_state::is_decided(std::uint64_t of) const noexcept {
  return std::ranges::any_of(slots(), [of](const wait_slot& each) {
    const std::uint32_t state = each.state.load();
    return (state == acting || state == done) && each.turn == of;
  });
}

barrier_state::arrival barrier_state::arrive(bool may_wait) {
  const inner_guard lock(guard);
  tidy();
  if (broken) return {.as = arrival::refused};
  const std::size_t index = waiting_in(round);
  const bool last = index + 1 == parties;
  if (!last && !may_wait) return {.as = arrival::incomplete};
  const auto all = slots();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].user.claim()) continue;
    ipc_step("barrier.wait.claimed");
    all[i].turn = round;
    all[i].state.store(last ? acting : waiting);
    ipc_step("barrier.wait.enlisted");
    if (last) ++round;
    return {.as = last ? arrival::last : arrival::waits, .slot = i, .index = index};
  }
  throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again),
                          "ipc::barrier: too many wait");
}

void barrier_state::complete(wait_slot& self) {
  const inner_guard lock(guard);
  self.state.store(done);
  ipc_step("barrier.complete.done");
  finish_round_of(self);
}

void barrier_state::finish_round_of(wait_slot& finisher) const {
  for (wait_slot& each : slots()) {
    if (each.state.load() != waiting || each.turn != finisher.turn) continue;
    settle(each, passed);
    ipc_step("barrier.complete.woken");
  }
  finisher.state.store(vacant);
}

bool barrier_state::break_for(wait_slot& self) {
  const inner_guard lock(guard);
  tidy();
  if (self.state.load() != waiting || is_decided(self.turn)) return false;
  broken = true;
  ipc_step("barrier.break.broken");
  self.state.store(vacant);
  tidy();
  return true;
}

void barrier_state::fail(wait_slot* self, bool mend) {
  const inner_guard lock(guard);
  broken = true;
  ipc_step("barrier.break.broken");
  if (self != nullptr) self->state.store(vacant);
  tidy();
  if (!mend) return;
  ++round;
  broken = false;
}

void barrier_state::look_round() {
  const inner_guard lock(guard);
  tidy();
}

std::size_t barrier_state::count_waiting() {
  const inner_guard lock(guard);
  tidy();
  return waiting_in(round);
}

bool barrier_state::is_broken() {
  const inner_guard lock(guard);
  tidy();
  return broken;
}

expected<void, barrier_errc> barrier_state::await(wait_slot& self, deadline until,
                                                  const std::stop_token& stop) {
  shared_sleep nap(self.state, stop);
  bool decided = false;  // From then on neither time nor stop concerns it.
  for (;;) {
    const std::uint32_t state = self.state.load();
    if (state == passed) return {};
    if (state == failed) return unexpected(barrier_errc::broken);
    const bool stopped = nap.stopped();
    if (!decided && (stopped || until.passed())) {
      if (break_for(self))
        return unexpected(stopped ? barrier_errc::stopped : barrier_errc::timeout);
      decided = true;
    }
    ipc_step("barrier.wait.before_sleep");
    const deadline look = next_look(decided ? deadline::never() : until);
    const bool woken =
        decided ? futex_wait_shared(self.state, waiting, look) : nap.sleep(waiting, look);
    ipc_step("barrier.wait.after_sleep");
    if (!woken) look_round();
  }
}

void barrier_state::vacate(wait_slot& self) noexcept {
  self.state.store(vacant);
  self.user.release();
}

void barrier_state::tidy() {
  for (wait_slot& each : slots()) {
    if (each.state.load() == done) finish_round_of(each);
  }
  if (take_out_the_dead()) broken = true;
  if (broken) break_all();
}

// True: one of them was waited for.
bool barrier_state::take_out_the_dead() {
  bool missed = false;
  for (wait_slot& each : slots()) {
    const std::uint32_t state = each.state.load();
    if (state == vacant || each.user.is_alive()) continue;
    missed = missed || state == acting || (state == waiting && !is_decided(each.turn));
    broken = broken || missed;  // Before the last sign of it goes.
    each.state.store(vacant);
  }
  return missed;
}

void barrier_state::break_all() const {
  for (wait_slot& each : slots()) {
    if (each.state.load() == waiting && !is_decided(each.turn)) settle(each, failed);
  }
}

}  // namespace par::inline PAR_ABI::detail
