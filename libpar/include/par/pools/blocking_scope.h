// What a task says to its pool when it is about to sleep.
#pragma once

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// While one lives, a thread_pool whose task the calling thread runs may have a spare thread do the
// work that waits, so that the processors stay busy and what the task sleeps for can come about.
// On any other thread it does nothing. Every wait of libpar for tasks has one; a task that sleeps
// on something else which another task of the pool must bring about (an event, a queue) should.
class blocking_scope {
 public:
  blocking_scope() noexcept;
  ~blocking_scope();
  blocking_scope(const blocking_scope&) = delete;
  blocking_scope& operator=(const blocking_scope&) = delete;
};

namespace detail {

// What a pool makes known to its threads' blocking_scopes.
class blocking_observer {
 public:
  virtual void begin_blocking() noexcept = 0;
  virtual void end_blocking() noexcept = 0;

 protected:
  ~blocking_observer() = default;
};

// For the calling thread; null: none.
void observe_blocking(blocking_observer* by) noexcept;

}  // namespace detail
}  // namespace par::inline PAR_ABI
