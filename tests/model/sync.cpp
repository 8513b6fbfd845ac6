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

constexpr int everybody = 1 << 30;

template <class Access>
void for_each_word(const void* from, std::size_t bytes, Access access) {
  model::execution* const here = model::execution::current();
  if (here == nullptr || bytes == 0) return;
  const auto first = reinterpret_cast<std::uintptr_t>(from);
  for (std::uintptr_t at = first / 8 * 8; at < first + bytes; at += 8) {
    if (!access(*here, reinterpret_cast<const void*>(at))) here->fail("data race");
  }
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
  const bool woken = here.wait(&word, until);
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
  futex_wake(word, everybody, from);
}

// The change and the wake-up are one step: nobody runs in between, and nobody vanishes there.
void futex_change_shared(atomic<std::uint32_t>& word, word_change how, std::uint32_t operand,
                         std::source_location from) noexcept {
  constexpr auto order = std::memory_order_acq_rel;
  if (how == word_change::set) word.exchange(operand, order, from);
  if (how == word_change::add) word.fetch_add(operand, order, from);
  if (how == word_change::set_bits) word.fetch_or(operand, order, from);
  if (auto* const here = model::execution::current()) here->wake(&word, everybody);
}

void reads_plain(const void* from, std::size_t bytes) noexcept {
  for_each_word(from, bytes, [](model::execution& here, const void* word) {
    return here.races().read(word, here.now(), here.known());
  });
}

void writes_plain(const void* to, std::size_t bytes) noexcept {
  for_each_word(to, bytes, [](model::execution& here, const void* word) {
    return here.races().write(word, here.now(), here.known());
  });
}

void spin_pause() noexcept {
  if (auto* const here = model::execution::current()) here->spin();
}

}  // namespace par::inline PAR_ABI::detail
