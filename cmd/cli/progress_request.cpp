#include "cli/progress_request.h"

#include <semaphore.h>

#include <atomic>
#include <ctime>

namespace cli {
namespace {

// Handlers can only reach what is global. Set before the semaphore is posted, which orders the two.
std::atomic<bool> requested = false;
static_assert(std::atomic<bool>::is_always_lock_free);

// The one kind of lock that POSIX lets a signal handler release. Made before main, and never
// unmade: a handler may still run at the end.
struct bell {
  bell() noexcept { ::sem_init(&posted, 0, 0); }
  sem_t posted{};
};

bell rung;

timespec monotonic_in(std::chrono::nanoseconds span) noexcept {
  constexpr long second = 1'000'000'000;
  timespec at{};
  static_cast<void>(::clock_gettime(CLOCK_MONOTONIC, &at));
  at.tv_sec += static_cast<time_t>(span.count() / second);
  at.tv_nsec += static_cast<long>(span.count() % second);
  if (at.tv_nsec >= second) {
    ++at.tv_sec;
    at.tv_nsec -= second;
  }
  return at;
}

}  // namespace

void request_progress() noexcept {
  requested = true;
  interrupt_progress_wait();
}

bool take_progress_request() noexcept {
  return requested.exchange(false);
}

// All at once: the waker has set its flag before, so that one look at the flags serves them all.
void wait_for_progress_request(std::optional<std::chrono::nanoseconds> span) noexcept {
  if (span) {
    const timespec until = monotonic_in(*span);
    ::sem_clockwait(&rung.posted, CLOCK_MONOTONIC, &until);
  } else {
    ::sem_wait(&rung.posted);
  }
  while (::sem_trywait(&rung.posted) == 0) {
  }
}

void interrupt_progress_wait() noexcept {
  ::sem_post(&rung.posted);
}

}  // namespace cli
