#include "copytree/console.h"

#include <unistd.h>

#include "copytree/wording.h"
#include "par/locks/lock_guard.h"

namespace copytree {

console::console(cli::session& session, bool output_is_taken, manifest* sums)
    : session_(session),
      lists_to_log_(output_is_taken ||
                    (session.out().is_terminal() && ::isatty(STDERR_FILENO) == 1)),
      sums_(sums) {}

void console::failed(const error& what) {
  session_.log().error(describe(what));
}

void console::noted(const error& what) {
  session_.log().note(describe(what));
}

void console::copied(const std::string& source, const std::string& destination) {
  const std::string line = describe_copy(source, destination);
  if (lists_to_log_) return session_.log().plain(line);
  const par::lock_guard lock(guard_);
  session_.out().write(line + '\n');
}

void console::summed(const std::string& destination, const checksum& sum) {
  if (sums_ != nullptr) sums_->add(destination, sum);
}

}  // namespace copytree
