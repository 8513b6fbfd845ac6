#include "shared_sleep.h"

namespace par::inline PAR_ABI::detail {

shared_sleep::shared_sleep(const atomic<std::uint32_t>& word, const std::stop_token& stop)
    : word_(word), callback_(stop, on_stop{*this}) {}

shared_sleep::~shared_sleep() {
  if (phase_.exchange(over) == asked) futex_wake_all(phase_);
}

bool shared_sleep::sleep(std::uint32_t expected, deadline until) noexcept {
  return stopped() || futex_wait_shared(word_, expected, until);
}

// A wake-up may come just before the sleep that it should end, hence more than one.
void shared_sleep::interrupt() noexcept {
  std::uint32_t was = waiting;
  if (!phase_.compare_exchange_strong(was, asked)) return;
  if (std::this_thread::get_id() == sleeper_) return;  // Requested before the wait.
  while (phase_.load() == asked) {
    futex_wake_all_shared(word_);
    futex_wait(phase_, asked, deadline::in(std::chrono::milliseconds(1)));
  }
}

}  // namespace par::inline PAR_ABI::detail
