// Objects that fork() would leave broken in the child.
#pragma once

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Registered from construction to destruction, or, where other threads may fork meanwhile, from
// enter() to leave(). Both, and fork itself, exclude one another.
class fork_aware {
 public:
  fork_aware();
  fork_aware(const fork_aware&) = delete;
  fork_aware& operator=(const fork_aware&) = delete;

  // Before fork, which waits for it, and after it in the parent: to hold a lock meanwhile.
  virtual void before_fork() noexcept = 0;
  virtual void after_fork_in_parent() noexcept = 0;

  // In the child, on its only thread, before fork returns. Locks that other threads held are held
  // for ever.
  virtual void after_fork_in_child() noexcept = 0;

 protected:
  virtual ~fork_aware();

  // For the last line of a constructor and the first of a destructor, of the class that is made:
  // what is called over a fork is there from the one to the other.
  struct by_itself {};
  explicit fork_aware(by_itself) noexcept {}
  void enter();
  void leave();

 private:
  friend class fork_registry;
  fork_aware* previous_ = nullptr;
  fork_aware* next_ = nullptr;
  bool entered_ = false;
};

}  // namespace par::inline PAR_ABI::detail
