// A function that runs in a process of its own.
//
//   par::process child("sorter", [out = std::move(end)]() mutable { out.send(sorted_names()); });
//   ...
//   child.join();
//   if (!child.status()->ok()) ...
#pragma once

#include <sys/types.h>

#include <chrono>
#include <concepts>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/base/deadline.h"
#include "par/base/unique_function.h"
#include "par/processes/connection.h"
#include "par/processes/descriptor.h"
#include "par/processes/exit_status.h"

namespace par::inline PAR_ABI {

struct process_options {
  std::string name = {};       // Empty: Process-1, Process-2, ...
  bool daemon = false;         // Ends with its parent, and has no children.
  std::vector<int> cpus = {};  // Processors it may run on, from 0; empty: as its parent.
  bool deferred = false;       // Wait for start().
};

// What a process can run: f() or f.run(). What returns int tells the exit status (its low byte).
template <class F>
concept process_body = std::invocable<F&> || requires(F& f) { f.run(); };

// What a process says of itself.
struct process_info {
  std::string name;  // MainProcess, if libpar did not start it.
  pid_t pid;
  pid_t parent;  // 0: not in this process's namespace.
  bool daemon;
};

// The child is forked: it has all that the parent had at that moment, its open files too, but of
// the threads only the one that started it. So a lock that another thread held stays locked there;
// libpar's own locks and pools, and malloc, are prepared. It begins with no signal blocked.
// Standard output and error are flushed before the fork, and when the function has returned; then
// the child ends without running destructors of static objects or handlers of atexit().
//
// What the function throws ends the child with status 1; error() has it.
//
// Not thread-safe: one owner. In the child it is nobody's child: waiting throws std::logic_error.
class process {
 public:
  process() noexcept = default;

  // Starts at once. Throws std::system_error if no process can be had.
  template <std::convertible_to<std::string> Name, process_body F>
  process(Name&& name, F f)
      : process(process_options{.name = std::forward<Name>(name)}, std::move(f)) {}

  template <process_body F>
    requires(!std::same_as<F, process>)
  explicit process(F f) : process(process_options(), std::move(f)) {}

  template <process_body F>
  process(process_options options, F f)
      : process(std::move(options),
                unique_function<int()>([f = std::move(f)]() mutable { return run(f); })) {}

  ~process();  // Joins it; a daemon is killed first.
  process(process&& other) noexcept;
  process& operator=(process&& other) noexcept;  // As the destructor, with the one that was here.

  // Of one made with `deferred`. Throws std::logic_error the second time, and in a daemon.
  void start();

  // Waits until it has ended. Any number of times. Throws std::logic_error if it was never started,
  // or by another process.
  void join() { static_cast<void>(join_until(deadline::never())); }
  // False: a stop was requested, or the time was up, before it had ended.
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

  // SIGTERM, SIGKILL, any signal. Nothing happens if it has ended.
  void terminate();
  void kill();
  void send_signal(int number);

  // Started and not ended.
  [[nodiscard]] bool is_alive();

  // Empty while it runs.
  [[nodiscard]] std::optional<exit_status> status();

  // What its function threw; empty while it runs, and if it threw nothing or was killed.
  [[nodiscard]] std::optional<remote_error> error();

  [[nodiscard]] const std::string& name() const noexcept { return options_.name; }
  [[nodiscard]] bool daemon() const noexcept { return options_.daemon; }
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }  // 0: not started.

  // A pidfd: readable once the process has ended. -1: not started.
  [[nodiscard]] int native_handle() const noexcept { return handle_.get(); }

  // The calling process.
  [[nodiscard]] static process_info current();

 private:
  process(process_options options, unique_function<int()> body);

  template <class F>
  static int run(F& f) {
    const auto call = [&]() -> decltype(auto) {
      if constexpr (std::invocable<F&>) {
        return f();
      } else {
        return f.run();
      }
    };
    if constexpr (std::same_as<decltype(call()), int>) {
      return call();
    } else {
      static_cast<void>(call());
      return 0;
    }
  }

  void be_parent(pid_t child, connection errors);
  void let_go() noexcept;
  void require_child() const;
  void reap();

  process_options options_;
  unique_function<int()> body_;
  pid_t pid_ = 0;
  pid_t owner_ = 0;  // The process that started it.
  descriptor handle_;
  connection errors_;
  std::optional<exit_status> status_;
  std::optional<remote_error> error_;
};

}  // namespace par::inline PAR_ABI
