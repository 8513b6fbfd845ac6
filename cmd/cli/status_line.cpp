#include "cli/status_line.h"

#include <unistd.h>

#include <atomic>

#include "cli/terminal.h"
#include "cli/utf8.h"
#include "cli/write_all.h"
#include "par/locks/lock_guard.h"

namespace cli {
namespace {

constexpr std::string_view erase_line = "\r\x1b[K";

// For the signal handler: where a status stands now, -1 if nowhere.
std::atomic<int> shown_on = -1;
std::atomic<bool> silenced = false;

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

}  // namespace

status_line::status_line(int descriptor) : descriptor_(descriptor) {}

status_line::~status_line() {
  erase();
}

void status_line::show(std::string_view status) {
  const par::lock_guard lock(guard_);
  if (silenced || !is_in_foreground(descriptor_)) return;
  status_ = status;
  shown_on = descriptor_;
  write(drawing());
}

void status_line::erase() {
  const par::lock_guard lock(guard_);
  if (status_.empty()) return;
  status_.clear();
  if (is_in_foreground(descriptor_)) write(erase_line);
  shown_on = -1;
}

void status_line::print(std::string_view message) {
  const par::lock_guard lock(guard_);
  if (status_.empty()) {
    write(message);
    return;
  }
  std::string text(erase_line);
  text += message;
  if (!silenced && is_in_foreground(descriptor_)) text += drawing();
  write(text);
}

int status_line::columns() const {
  return terminal_columns(descriptor_);
}

// The text goes over the old one before the rest of the line is erased: erasing first flickers. The
// last column stays free, since terminals differ in what they do when it is filled.
std::string status_line::drawing() const {
  std::string text = "\r";
  text += cut(status_, columns() - 1);
  text += "\x1b[K";
  return text;
}

void status_line::write(std::string_view text) const {
  static_cast<void>(write_all(descriptor_, text));
}

void erase_status_in_handler(bool for_good) noexcept {
  if (for_good) silenced = true;
  const int descriptor = shown_on;
  if (descriptor < 0) return;
  // No loop: whoever presses Ctrl-C at a stuck terminal wants to leave.
  [[maybe_unused]] const ssize_t written =
      ::write(descriptor, erase_line.data(), erase_line.size());
}

}  // namespace cli
