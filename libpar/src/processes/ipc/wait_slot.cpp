#include "wait_slot.h"

#include <cerrno>

namespace par::inline PAR_ABI::detail {

presence::presence() noexcept {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&mutex_, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

bool presence::claim() noexcept {
  const int result = pthread_mutex_trylock(&mutex_);
  if (result == EOWNERDEAD) pthread_mutex_consistent(&mutex_);
  return result == 0 || result == EOWNERDEAD;
}

void presence::release() noexcept {
  pthread_mutex_unlock(&mutex_);
}

bool presence::is_alive() noexcept {
  if (!claim()) return true;
  release();
  return false;
}

}  // namespace par::inline PAR_ABI::detail
