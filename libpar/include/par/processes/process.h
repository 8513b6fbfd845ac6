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
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/base/deadline.h"
#include "par/processes/connection.h"
#include "par/processes/exit_status.h"
#include "par/processes/process_body.h"
#include "par/processes/start_method.h"

namespace par::inline PAR_ABI {

namespace detail {
class child_process;
}

struct process_options {
  std::string name = {};  // Empty: Process-1, Process-2, ...
  start_method start = start_method::forkserver;
  bool daemon = false;         // Ends with its parent, and has no children.
  std::vector<int> cpus = {};  // Processors it may run on, from 0; empty: as its parent.
  bool deferred = false;       // Wait for start().
};

// What a process says of itself.
struct process_info {
  std::string name;  // MainProcess, if libpar did not start it.
  pid_t pid;
  pid_t parent;  // The process that asked for this one.
  bool daemon;
};

// The body is sent to the child, as start_method.h tells, and there is made anew: forkserver and
// spawn need prepare_processes(). fork() takes any closure. The child begins with no signal
// blocked. When the function has returned, standard output and error are flushed, and the child
// ends without running destructors of static objects or handlers of atexit().
//
// What the function throws ends the child with status 1; error() has it. So does a body that cannot
// be decoded there.
//
// A forked child has all that its parent had at that moment, but of its threads only the one that
// started it: a lock that another one held stays locked there; libpar's own locks and pools, and
// malloc, are prepared. Standard output and error are flushed before.
//
// Not thread-safe: one owner. In another process than the one that started it it is nobody's child:
// waiting, signals and questions about its state throw std::logic_error.
class process {
 public:
  process() noexcept;

  // Starts at once. Throws std::system_error if no process can be had (then nothing was started),
  // and std::logic_error if this method needs prepare_processes().
  template <std::convertible_to<std::string> Name, process_body F>
  process(Name&& name, F body)
      : process(process_options{.name = std::forward<Name>(name)}, std::move(body)) {}

  template <process_body F>
    requires(!std::same_as<F, process>)
  explicit process(F body) : process(process_options(), std::move(body)) {}

  template <process_body F>
  process(process_options options, F body)
      : process(std::move(options), detail::work_to_send(std::move(body))) {}

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
    options.start = start_method::fork;
    return {std::move(options), detail::work_to_fork(std::move(closure))};
  }

  // Joins it; a daemon is killed first, or left alone where this process may not kill it any more.
  ~process();
  process(process&& other) noexcept;
  process& operator=(process&& other) noexcept;  // As the destructor, with the one that was here.

  // Of one made with `deferred`. Throws std::logic_error the second time, and in a daemon; and what
  // the constructor does.
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

  // SIGTERM, SIGKILL, any signal. Nothing happens if it has ended. Throw std::logic_error if it was
  // not started, std::system_error if this process may not.
  void terminate();
  void kill();
  void send_signal(int number);

  // Started and not ended.
  [[nodiscard]] bool is_alive();

  // Empty while it runs. Unknown if the fork server was killed before it ended.
  [[nodiscard]] std::optional<exit_status> status();

  // What its function threw; empty while it runs, and if it threw nothing or was killed.
  [[nodiscard]] std::optional<remote_error> error();

  [[nodiscard]] const std::string& name() const noexcept { return options_.name; }
  [[nodiscard]] bool daemon() const noexcept { return options_.daemon; }
  [[nodiscard]] pid_t pid() const noexcept;  // 0: not started.

  // A pidfd: readable once the process has ended. -1: not started.
  [[nodiscard]] int native_handle() const noexcept;

  // The calling process.
  [[nodiscard]] static process_info current();

 private:
  process(process_options options, detail::process_work work);

  void let_go() noexcept;
  [[nodiscard]] detail::child_process& require_child() const;

  process_options options_;
  detail::process_work work_;
  std::unique_ptr<detail::child_process> child_;
};

}  // namespace par::inline PAR_ABI
