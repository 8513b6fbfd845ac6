// Standard output, buffered and checked.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cli {

// Collects into large writes; every failure is kept, so that a full disk is never silent. After a
// failure further output is dropped: look at failed() in long loops. A terminal gets whole lines at
// once. Not thread-safe. The destructor does not flush: whoever flushes looks at the result.
class output {
 public:
  explicit output(int descriptor);

  void write(std::string_view text);  // May be kept back until flush.
  bool flush();                       // False if this or an earlier write failed.

  [[nodiscard]] bool failed() const noexcept { return error_ != 0; }
  [[nodiscard]] int error() const noexcept { return error_; }  // errno of the first failure, or 0.
  [[nodiscard]] bool closed_by_reader() const noexcept;        // It was EPIPE: end quietly.
  [[nodiscard]] bool is_terminal() const noexcept { return is_terminal_; }

 private:
  void write_out(std::string_view text);

  const int descriptor_;
  const bool is_terminal_;
  int error_ = 0;
  std::string buffer_;
};

}  // namespace cli
