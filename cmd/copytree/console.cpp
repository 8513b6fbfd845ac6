#include "copytree/console.h"

#include <unistd.h>

#include "copytree/wording.h"
#include "par/locks/lock_guard.h"

namespace copytree {

console::console(cli::session& session, bool output_is_taken)
    : session_(session),
      lists_to_log_(output_is_taken ||
                    (session.out().is_terminal() && ::isatty(STDERR_FILENO) == 1)) {}

void console::failed(const error& what) {
  session_.log().error(describe(what));
}

void console::noted(const error& what) {
  session_.log().note(describe(what));
}

void console::copied(const std::string& source, const std::string& destination) {
  list(describe_copy(source, destination));
}

void console::removed(const std::string& destination) {
  list(describe_removal(destination));
}

void console::list(const std::string& line) {
  if (lists_to_log_) return session_.log().plain(line);
  const par::lock_guard lock(guard_);
  session_.out().write(line + '\n');
}

}  // namespace copytree
