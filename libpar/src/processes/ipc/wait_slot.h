// Places for those who wait in shared memory, of which it shows when one has died.
#pragma once

#include <cstdint>

#include "par/base/sync.h"

#ifdef PAR_MODEL

#include "model/presence.h"

#else

#include <pthread.h>

namespace par::inline PAR_ABI::detail {

// Held by the thread that uses a slot. A robust mutex that nobody ever waits for: all that is asked
// of the kernel is its mark on the mutexes of a thread that has died.
class presence {
 public:
  presence() noexcept;
  presence(const presence&) = delete;
  presence& operator=(const presence&) = delete;

  [[nodiscard]] bool claim() noexcept;  // False: somebody who lives has it.
  void release() noexcept;

  // REQUIRES: the caller has not claimed it, and nobody claims it meanwhile.
  [[nodiscard]] bool is_alive() noexcept;

 private:
  pthread_mutex_t mutex_{};
};

}  // namespace par::inline PAR_ABI::detail

#endif

namespace par::inline PAR_ABI::detail {

// Taken and chosen under the guard of the table that it is in. Its user sleeps on `state`.
struct alignas(64) wait_slot {
  presence user;
  atomic<std::uint32_t> state{0};  // 0: free, or being taken.
  std::uint64_t turn = 0;          // What the table sorts by.
};

}  // namespace par::inline PAR_ABI::detail
