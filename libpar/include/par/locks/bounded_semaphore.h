// A semaphore that notices when more is given back than was taken.
#pragma once

#include <cstddef>

#include "par/locks/semaphore.h"

namespace par::inline PAR_ABI {

// As semaphore, but release() throws std::system_error (value_too_large) if more permits would be
// free than it began with.
class bounded_semaphore : private semaphore {
 public:
  explicit bounded_semaphore(std::size_t permits = 1) : semaphore(permits, permits) {}

  using semaphore::acquire;
  using semaphore::release;
  using semaphore::try_acquire;
  using semaphore::try_acquire_for;
  using semaphore::try_acquire_until;
};

}  // namespace par::inline PAR_ABI
