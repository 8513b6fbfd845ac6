#include "model/sync.h"

#include "model/execution.h"

namespace par::inline PAR_ABI::detail {
namespace {

// A futex may wake nobody in particular for no reason: its users must look again.
bool wakes_for_no_reason(model::execution& here) {
  if (here.spurious_left() == 0 || here.choose(2) == 0) return false;
  --here.spurious_left();
  return true;
}

}  // namespace

bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected, deadline until,
                std::source_location from) noexcept {
  const bool holds = word.peek(from) == expected;
  model::execution& here = *model::execution::current();
  if (here.tracing()) {
    here.note(model::describe(from) + " waits for a change of " + std::to_string(expected) +
              (holds ? "" : ", which has come"));
  }
  if (!holds || wakes_for_no_reason(here)) return true;
  const bool woken = here.wait(&word, !until.is_never());
  if (here.tracing()) here.note(model::describe(from) + (woken ? " is woken" : " times out"));
  return woken;
}

void futex_wake(const atomic<std::uint32_t>& word, int count, std::source_location from) noexcept {
  model::execution* const here = model::execution::current();
  if (here == nullptr) return;
  here->pause();
  if (here->tracing()) here->note(model::describe(from) + " wakes");
  here->wake(&word, static_cast<std::size_t>(count));
}

void futex_wake_all(const atomic<std::uint32_t>& word, std::source_location from) noexcept {
  futex_wake(word, 1 << 30, from);
}

void spin_pause() noexcept {
  if (auto* const here = model::execution::current()) here->spin();
}

}  // namespace par::inline PAR_ABI::detail
