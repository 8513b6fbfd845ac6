// The wish to be told once how far the command is, made by a signal.
#pragma once

#include <chrono>
#include <optional>

namespace cli {

// Notes the wish and wakes whoever waits. For signal handlers too: takes no lock, allocates
// nothing.
void request_progress() noexcept;

// Whether the wish was made since it was last taken.
[[nodiscard]] bool take_progress_request() noexcept;

// Returns at the next request or interrupt, or after the span; sooner for no reason now and then.
// REQUIRES: one thread at a time.
void wait_for_progress_request(std::optional<std::chrono::nanoseconds> span) noexcept;

// Wakes whoever waits, without a wish.
void interrupt_progress_wait() noexcept;

}  // namespace cli
