#include "cli/output.h"

#include <fcntl.h>

#include <cerrno>

#include "cli/terminal.h"
#include "cli/write_all.h"

namespace cli {
namespace {

// What Linux lets everybody have by default.
[[maybe_unused]] constexpr int wide_pipe = 1 << 20;

constexpr std::size_t buffer_size = std::size_t{64} * 1024;  // What a pipe holds.

}  // namespace

output::output(int descriptor, const std::atomic<bool>* stop)
    : descriptor_(descriptor), stop_(stop), is_terminal_(cli::is_terminal(descriptor)) {}

void output::write(std::string_view text) {
  if (failed()) return;
  if (buffer_.size() + text.size() > buffer_size && !flush()) return;
  if (text.size() >= buffer_size) {
    write_out(text);  // As large as what the buffer could make of it.
    return;
  }
  if (buffer_.capacity() < buffer_size) buffer_.reserve(buffer_size);
  buffer_ += text;
  if (is_terminal_ && text.ends_with('\n')) flush();
}

bool output::flush() {
  write_out(buffer_);
  buffer_.clear();
  return !failed();
}

void output::widen_pipe() const noexcept {
#ifdef F_SETPIPE_SZ
  ::fcntl(descriptor_, F_SETPIPE_SZ, wide_pipe);  // Fails where it is no pipe, or may not grow.
#endif
}

bool output::closed_by_reader() const noexcept {
  return error_ == EPIPE;
}

bool output::given_up() const noexcept {
  return error_ == ECANCELED;
}

void output::write_out(std::string_view text) {
  if (!failed()) error_ = write_all(descriptor_, text, stop_);
}

}  // namespace cli
