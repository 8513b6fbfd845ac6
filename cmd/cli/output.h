// Standard output, buffered and checked.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

// Collects into large writes; every failure is kept, so that a full disk is never silent. After a
// failure further output is dropped: look at failed() in long loops. A terminal gets whole lines at
// once. Not thread-safe. The destructor does not flush: whoever flushes looks at the result.
class output {
 public:
  // Once `stop` is true, a reader that takes nothing is not waited for any longer. It may be null;
  // otherwise it must outlive this.
  explicit output(int descriptor, const std::atomic<bool>* stop = nullptr);

  void write(std::string_view text);  // May be kept back until flush.
  bool flush();                       // False if this or an earlier write failed.

  // For a command that writes a lot: a pipe gets more room, if the system lets it, so that reader
  // and writer change places less often.
  void widen_pipe() const noexcept;

  [[nodiscard]] bool failed() const noexcept { return error_ != 0; }
  [[nodiscard]] int error() const noexcept { return error_; }  // errno of the first failure, or 0.
  [[nodiscard]] bool closed_by_reader() const noexcept;        // It was EPIPE: end quietly.
  [[nodiscard]] bool given_up() const noexcept;                // After a stop.
  [[nodiscard]] bool is_terminal() const noexcept { return is_terminal_; }

 private:
  void write_out(std::string_view text);

  const int descriptor_;
  const std::atomic<bool>* const stop_;
  const bool is_terminal_;
  int error_ = 0;
  std::string buffer_;
};

}  // namespace cli
