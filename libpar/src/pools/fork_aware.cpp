#include "fork_aware.h"

#include <pthread.h>

#include "par/base/thread_safety.h"
#include "par/locks/lock_guard.h"
#include "par/locks/mutex.h"

namespace par::inline PAR_ABI::detail {

// Never destroyed: pools may outlive every static object.
class fork_registry {
 public:
  static fork_registry& instance() {
    static auto* const only = new fork_registry;
    return *only;
  }

  void add(fork_aware& who) {
    const lock_guard lock(guard_);
    who.next_ = first_;
    if (first_ != nullptr) first_->previous_ = &who;
    first_ = &who;
  }

  void remove(fork_aware& who) {
    const lock_guard lock(guard_);
    (who.previous_ != nullptr ? who.previous_->next_ : first_) = who.next_;
    if (who.next_ != nullptr) who.next_->previous_ = who.previous_;
  }

 private:
  fork_registry() {
    pthread_atfork([] { instance().before(); }, [] { instance().after_in_parent(); },
                   [] { instance().after_in_child(); });
  }

  // The lock is held over fork, so that the child finds the list whole; the analysis cannot follow.
  void before() PAR_NO_THREAD_SAFETY_ANALYSIS {
    guard_.lock();
    for_each([](fork_aware& who) { who.before_fork(); });
  }
  void after_in_parent() PAR_NO_THREAD_SAFETY_ANALYSIS {
    for_each([](fork_aware& who) { who.after_fork_in_parent(); });
    guard_.unlock();
  }
  void after_in_child() PAR_NO_THREAD_SAFETY_ANALYSIS {
    for_each([](fork_aware& who) { who.after_fork_in_child(); });
    guard_.unlock();
  }

  template <class F>
  void for_each(F f) PAR_REQUIRES(guard_) {
    for (fork_aware* each = first_; each != nullptr; each = each->next_) f(*each);
  }

  mutex guard_;
  fork_aware* first_ PAR_GUARDED_BY(guard_) = nullptr;
};

fork_aware::fork_aware() {
  enter();
}
fork_aware::~fork_aware() {
  if (entered_) leave();
}

void fork_aware::enter() {
  fork_registry::instance().add(*this);
  entered_ = true;
}
void fork_aware::leave() {
  fork_registry::instance().remove(*this);
  entered_ = false;
}

}  // namespace par::inline PAR_ABI::detail
