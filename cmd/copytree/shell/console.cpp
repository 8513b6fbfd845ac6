#include "copytree/shell/console.h"

#include <unistd.h>

#include <utility>

#include "cli/answer.h"
#include "copytree/shell/wording.h"
#include "par/locks/lock_guard.h"

namespace copytree {

namespace {

// What was explained on this thread and belongs to the entry that is listed next.
thread_local std::string explanation;

}  // namespace

console::console(cli::session& session, bool list_to_log, manifest* sums, const quoter& quote,
                 const quoter& quote_parents)
    : session_(session),
      list_to_log_(list_to_log),
      sums_(sums),
      quote_(quote),
      quote_parents_(quote_parents ? quote_parents : quote) {}

void console::failed(const error& what) {
  session_.log().error(describe(what, quote_));
}

void console::noted(const error& what) {
  session_.log().note(describe(what, quote_));
}

void console::copied(const std::string& source, const std::string& destination) {
  list(describe_copy(source, destination, quote_) + '\n');
}

void console::copied_with_backup(const std::string& source, const std::string& destination,
                                 const std::string& backup) {
  list(describe_copy(source, destination, quote_) + " (backup: " + quote_(backup) + ")\n");
}

void console::copied_parent(const std::string& source, const std::string& destination) {
  list(describe_copy(source, destination, quote_parents_) + '\n');
}

void console::removed(const std::string& destination) {
  list("removed " + quote_(destination) + '\n');
}

bool console::may_overwrite(const question& about) {
  session_.log().prompt(describe(about, quote_));
  return cli::reads_yes();
}

void console::explained(const transfer& how) {
  explanation = describe(how) + '\n';
}

void console::list(const std::string& lines) {
  const std::string all = lines + std::exchange(explanation, {});
  if (list_to_log_) return session_.log().plain(all);
  const par::lock_guard lock(guard_);
  session_.out().write(all);
}

bool list_meets_bar(cli::session& session) {
  return session.out().is_terminal() && ::isatty(STDERR_FILENO) == 1;
}

void console::summed(const std::string& destination, const checksum& sum) {
  if (sums_ != nullptr) sums_->add(destination, sum);
}

}  // namespace copytree
