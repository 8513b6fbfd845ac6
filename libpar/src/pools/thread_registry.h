// The threads of this process, by number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"
#include "thread_state.h"

namespace par::inline PAR_ABI::detail {

// Thread-safe. Never calls the user's code, nor waits, with its lock held. Knows what becomes of
// threads at fork() and at exit().
class thread_registry {
 public:
  // Made at first use, never destroyed: daemons may use it to the end.
  static thread_registry& instance();

  // The calling thread, which is taken up here if it is new.
  std::shared_ptr<thread_state> current();
  std::shared_ptr<thread_state> main_thread();
  [[nodiscard]] std::vector<std::shared_ptr<thread_state>> alive();
  [[nodiscard]] std::size_t count();

  // From here on it is alive; takes its number, and a name if it has none.
  void add(const std::shared_ptr<thread_state>& state);
  void remove(const thread_state& state) noexcept;

  // What current() gives on this thread from now on; null before that goes.
  static void set_current(thread_state* state);

  [[nodiscard]] std::string name_of(const thread_state& state);
  void set_name_of(thread_state& state, std::string name);
  [[nodiscard]] std::string next_name();  // Thread-1, Thread-2, ...

 private:
  thread_registry();

  void add_locked(const std::shared_ptr<thread_state>& state) PAR_REQUIRES(guard_);
  std::shared_ptr<thread_state> main_locked() PAR_REQUIRES(guard_);
  void keep_only_this_thread() PAR_REQUIRES(guard_);
  void await_detached();

  static void before_fork() noexcept;
  static void after_fork_in_parent() noexcept;
  static void after_fork_in_child() noexcept;

  mutex guard_;
  std::map<std::uint64_t, std::shared_ptr<thread_state>> alive_ PAR_GUARDED_BY(guard_);
  std::shared_ptr<thread_state> main_ PAR_GUARDED_BY(guard_);
  std::uint64_t last_ident_ PAR_GUARDED_BY(guard_) = 0;
  std::uint64_t last_name_ PAR_GUARDED_BY(guard_) = 0;
};

}  // namespace par::inline PAR_ABI::detail
