// A named thread that is asked to stop and joined when its owner goes.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/base/unique_function.h"
#include "par/pools/thread_handle.h"

namespace par::inline PAR_ABI {

struct thread_options {
  std::string name = {};            // Empty: Thread-1, Thread-2, ...
  std::optional<bool> daemon = {};  // Empty: as the thread that makes it.
  std::vector<int> cpus = {};       // Processors it may run on, from 0; empty: as its creator's.
  std::size_t stack_size = 0;       // In bytes; 0: the system's default.
  bool deferred = false;            // Wait for start().
};

// What a thread can run: f(), f(std::stop_token), f.run() or f.run(std::stop_token).
template <class F>
concept thread_body = std::invocable<F&> || std::invocable<F&, std::stop_token> || requires(F& f) {
  f.run();
} || requires(F& f, std::stop_token stop) { f.run(stop); };

// As std::jthread, with a name that the system shows, and with every asynchronous signal blocked,
// so that handlers run on the program's own threads and interrupt the calls they wait in. All
// threads of libpar are of this type. What the function throws ends the process, unless there is a
// hook (par/pools/thread_exception_hook.h).
//
// A thread never outlives main() unnoticed: its owner joins it, and one that was detached is waited
// for when the process exits. A daemon is neither: its owner's destructor asks it to stop and lets
// it go, and at exit it is left, so it must touch nothing that others may destroy.
//
// In the child of a fork() only the forking thread is there: joining any other returns at once.
//
// Not thread-safe: one owner. For others there is handle().
class thread {
 public:
  thread() noexcept = default;

  // Starts at once, and is no daemon. Throws std::system_error if no thread can be had.
  template <std::convertible_to<std::string> Name, thread_body F>
  thread(Name&& name, F f)
      : thread(thread_options{.name = std::forward<Name>(name), .daemon = false}, std::move(f)) {}

  template <thread_body F>
    requires(!std::same_as<F, thread>)
  explicit thread(F f) : thread(thread_options(), std::move(f)) {}

  // Also throws if the thread cannot run on the processors asked for, or with so small a stack.
  template <thread_body F>
  thread(thread_options options, F f) {
    make(std::move(options), body_of(std::move(f)));
  }

  ~thread();  // Asks it to stop; then joins it, or lets a daemon go.
  thread(thread&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  thread& operator=(thread&& other) noexcept;  // As the destructor, with the one that was here.

  // Of one made with `deferred`. Throws std::logic_error the second time.
  void start();

  // Before the start only; afterwards it throws std::logic_error.
  void set_daemon(bool daemon);

  bool request_stop() noexcept;
  [[nodiscard]] std::stop_token get_stop_token() const noexcept;

  // Started, and neither joined nor detached.
  [[nodiscard]] bool joinable() const noexcept;

  // As std's: throws std::system_error if it is not joinable (invalid_argument) or the calling
  // thread (resource_deadlock_would_occur).
  void join();
  // False, and still joinable: a stop was requested, or the time was up, before it had ended.
  [[nodiscard]] bool join(const std::stop_token& stop) {
    return join_until(deadline::never(), stop);
  }
  template <class Rep, class Period>
  [[nodiscard]] bool join_for(std::chrono::duration<Rep, Period> span,
                              const std::stop_token& stop = {}) {
    return join_until(deadline::in(span), stop);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool join_until(std::chrono::time_point<Clock, Duration> time,
                                const std::stop_token& stop = {}) {
    return join_until(deadline::at(time), stop);
  }
  [[nodiscard]] bool join_until(deadline until, const std::stop_token& stop = {});

  // Lets it run on without an owner; it may do so itself. Throws std::system_error
  // (invalid_argument) if it is not joinable.
  void detach();

  // Name, numbers, and whether it is alive. Throws std::logic_error if there is no thread.
  [[nodiscard]] thread_handle handle() const;

  // The calling thread. Any thread has a handle; one that libpar did not start is named as the
  // system names it.
  [[nodiscard]] static thread_handle current();

  // Named MainThread, until renamed. In the child of a fork(): the thread that forked.
  [[nodiscard]] static thread_handle main_thread();

  // Those alive: the main thread, those that libpar started, and others that asked for their
  // handle; in order of ident.
  [[nodiscard]] static std::vector<thread_handle> enumerate();
  [[nodiscard]] static std::size_t active_count();

 private:
  using body = unique_function<void(std::stop_token)>;

  template <class F>
  static body body_of(F f) {
    if constexpr (std::invocable<F&, std::stop_token>) {
      return body(std::move(f));
    } else if constexpr (std::invocable<F&>) {
      return [f = std::move(f)](const std::stop_token&) mutable { static_cast<void>(f()); };
    } else if constexpr (requires(F& object, std::stop_token stop) { object.run(stop); }) {
      return [f = std::move(f)](std::stop_token stop) mutable { f.run(std::move(stop)); };
    } else {
      return [f = std::move(f)](const std::stop_token&) mutable { static_cast<void>(f.run()); };
    }
  }

  void make(thread_options options, body f);
  void let_go() noexcept;
  void require_joinable() const;
  void require_other() const;  // Than the calling one.

  std::shared_ptr<detail::thread_state> state_;
};

}  // namespace par::inline PAR_ABI
