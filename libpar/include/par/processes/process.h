// A function that runs in a process of its own.
//
//   par::process child("sorter", par::bound<&sort_names>(names, std::move(end)));
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
#include "par/processes/process_body.h"

namespace par::inline PAR_ABI {

struct process_options {
  std::string name = {};       // Empty: Process-1, Process-2, ...
  bool daemon = false;         // Ends with its parent, and has no children.
  std::vector<int> cpus = {};  // Processors it may run on, from 0; empty: as its parent.
  bool deferred = false;       // Wait for start().
};

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
  process(Name&& name, F body)
      : process(process_options{.name = std::forward<Name>(name)}, std::move(body)) {}

  template <process_body F>
    requires(!std::same_as<F, process>)
  explicit process(F body) : process(process_options(), std::move(body)) {}

  template <process_body F>
  process(process_options options, F body)
      : process(std::move(options), detail::run_later(std::move(body))) {
    static_assert(sendable_body<F>,
                  "this body cannot be sent to another process: give it a default constructor and "
                  "template <class Archive> void serialize(Archive& archive), or use "
                  "par::process::fork(), see par/processes/process_body.h");
  }

  // Runs any closure, with all that it captured, in a child that is forked.
  template <std::convertible_to<std::string> Name, process_body F>
  [[nodiscard]] static process fork(Name&& name, F closure) {
    return fork(process_options{.name = std::forward<Name>(name)}, std::move(closure));
  }
  template <process_body F>
  [[nodiscard]] static process fork(F closure) {
    return fork(process_options(), std::move(closure));
  }
  template <process_body F>
  [[nodiscard]] static process fork(process_options options, F closure) {
    return {std::move(options), detail::run_later(std::move(closure))};
  }

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
