// The one writer to standard error: the line of the progress bar, and what scrolls past above it.
#pragma once

#include <string>
#include <string_view>

#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"

namespace cli {

// Thread-safe. Each call is one write(2), so that nothing of another process gets in between. On a
// terminal the status is erased before a message and drawn again below it. Nothing is drawn while
// the process is in the terminal's background. Failures to write are ignored: there is nobody left
// to tell.
class status_line {
 public:
  explicit status_line(int descriptor);
  ~status_line();  // Erases the status.

  status_line(const status_line&) = delete;
  status_line& operator=(const status_line&) = delete;

  // Replaces the status; cut to the terminal's width. REQUIRES: no control characters in it.
  void show(std::string_view status);
  void erase();
  void print(
      std::string_view message);  // Whole lines; only where no status is shown, a part of one.

  [[nodiscard]] int columns() const;  // Width of the terminal now, 80 if there is none.

 private:
  void write(std::string_view text) const PAR_REQUIRES(guard_);
  [[nodiscard]] std::string drawing() const PAR_REQUIRES(guard_);

  const int descriptor_;
  par::mutex guard_;
  std::string status_ PAR_GUARDED_BY(guard_);  // What stands on the terminal's last line.
};

// Erases the status that stands now, if any. For signal handlers only: takes no lock, and calls
// nothing but what is safe there. With `for_good` nothing is drawn afterwards.
void erase_status_in_handler(bool for_good) noexcept;

}  // namespace cli
