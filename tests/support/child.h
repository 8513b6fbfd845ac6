// A program that runs beside the test, with pipes for what it says.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/spawn.h"

namespace support {

struct child_options {
  std::string directory = {};                 // Working directory; empty: ours.
  std::vector<std::string> environment = {};  // "NAME=value" added to ours; "NAME" alone removes.
  std::vector<int> ignored_signals = {};
};

struct child_result {
  int status = -1;  // Exit status; -1 if a signal ended it.
  int signal = 0;   // The signal that ended it, or 0.
  std::string out;  // All that it said.
  std::string err;
};

// Nothing is read from its pipes but where a call says so: a program that writes much waits, which
// is how a test holds it at a known point. What waits fails with std::runtime_error after a minute.
// The destructor kills what still runs.
class child {
 public:
  explicit child(const std::vector<std::string>& argv, const child_options& options = {});
  ~child();

  child(const child&) = delete;
  child& operator=(const child&) = delete;

  void send_signal(int number) const;

  // Reads until all that was received there contains the text; returns it.
  const std::string& wait_for_out(std::string_view text) { return wait_for(out_, text); }
  const std::string& wait_for_err(std::string_view text) { return wait_for(err_, text); }

  // The line after the one it gave last, with its newline.
  std::string next_err_line();

  // Until it has ended by itself, though nobody reads from its pipes.
  void wait_for_end() const;

  [[nodiscard]] pid_t id() const { return id_; }

  // Reads both to their ends.
  child_result finish();

 private:
  struct stream {
    unique_fd pipe;
    std::string received;
  };

  const std::string& wait_for(stream& from, std::string_view text, std::size_t after = 0);
  void read_some();

  pid_t id_ = -1;
  stream out_;
  stream err_;
  std::size_t err_lines_end_ = 0;  // Of those given out.
  std::chrono::steady_clock::time_point until_;
};

}  // namespace support
