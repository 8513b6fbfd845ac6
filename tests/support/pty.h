// Running a program on a real pseudo terminal.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/spawn.h"

namespace support {

struct pty_options {
  int columns = 80;
  int rows = 24;
  std::string directory = {};
  std::vector<std::string> environment = {};  // Beside TERM=xterm, which may be replaced.
  std::vector<int> ignored_signals = {};
  bool stdout_apart = false;  // Standard output goes to /dev/null: only messages reach the screen.
};

struct pty_result {
  int status = -1;  // Exit status; -1 if a signal ended it.
  int signal = 0;   // The signal that ended it, or 0.
};

// The program leads a session of its own with the terminal as its controlling one, as a shell would
// start it in the foreground. Everything that waits fails with std::runtime_error, which tells what
// had been received, after a minute. The destructor kills what still runs.
class pty {
 public:
  explicit pty(const std::vector<std::string>& argv, const pty_options& options = {});
  ~pty();

  pty(const pty&) = delete;
  pty& operator=(const pty&) = delete;

  void resize(int columns, int rows = 24);  // The program gets SIGWINCH.
  void type(std::string_view keys);         // "\x03" is Ctrl-C.
  void send_signal(int number) const;       // To the program alone.

  // Reads until everything received so far contains the text, or fulfils the condition.
  void wait_for(std::string_view text);
  void wait_until(const std::function<bool(const std::string&)>& condition);

  // Waits until the program's first thread sleeps in a system call.
  void wait_asleep() const;

  // Reads until the program has closed the terminal, and tells how it ended.
  pty_result finish();

  // Every byte that the terminal was sent so far.
  [[nodiscard]] const std::string& received() const noexcept { return received_; }

 private:
  bool read_some();  // False at the end.

  unique_fd master_;
  pid_t child_ = -1;
  bool ended_ = false;
  std::string received_;
  std::chrono::steady_clock::time_point until_;
};

}  // namespace support
