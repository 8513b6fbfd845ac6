// A child as its parent sees it, from the start to the end.
#pragma once

#include <sys/types.h>

#include <optional>
#include <stop_token>

#include "par/base/deadline.h"
#include "par/processes/connection.h"
#include "par/processes/descriptor.h"
#include "par/processes/exit_status.h"
#include "start/launch.h"

namespace par::inline PAR_ABI::detail {

// Not thread-safe.
class child_process {
 public:
  explicit child_process(launched_child child);

  // False in a process that the parent has forked.
  [[nodiscard]] bool is_ours() const noexcept;

  // False: the deadline has passed, or a stop was requested, before it had ended.
  [[nodiscard]] bool join_until(deadline until, const std::stop_token& stop);

  // Nothing happens if it has ended.
  void send_signal(int number);

  [[nodiscard]] pid_t number() const noexcept { return number_; }
  [[nodiscard]] const descriptor& handle() const noexcept { return handle_; }
  // Those that join_until() has found.
  [[nodiscard]] const std::optional<exit_status>& status() const noexcept { return status_; }
  [[nodiscard]] const std::optional<remote_error>& error() const noexcept { return error_; }

 private:
  exit_status hear_verdict();
  void reap();

  pid_t number_;
  pid_t owner_;  // The process that started it.
  descriptor handle_;
  connection talk_;
  connection verdict_;
  std::optional<exit_status> status_;
  std::optional<remote_error> error_;
};

}  // namespace par::inline PAR_ABI::detail
