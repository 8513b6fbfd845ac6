#include "copytree/entry/sink.h"

#include <cstddef>

#include "copytree/entry/standing.h"
#include "copytree/run/dereference.h"

namespace copytree {

namespace {

// As /dev/stdout does: where it leads is the process's own affair.
bool leads_to_open_file(context& run, const leaf& entry, const file_status& there) {
  if (!S_ISLNK(there.st_mode)) return false;
  const auto target = run.fs.read_link(entry.to(), static_cast<std::size_t>(there.st_size));
  return target && target->starts_with("/proc/");
}

bool may_take_content(const context& run, const leaf& entry, const file_status& source) {
  return way_to_change(run.how) == existing::replace && is_operand(entry) &&
         run.how.keep_backup == backup::none && run.how.instead == substitute::none &&
         S_ISREG(source.st_mode);
}

}  // namespace

std::optional<standing> look_for_sink(context& run, const leaf& entry, const file_status& source,
                                      const file_status& there) {
  if (S_ISREG(there.st_mode) || !may_take_content(run, entry, source)) return std::nullopt;
  const auto target = run.fs.status_following(entry.to());
  if (!target) return std::nullopt;
  const mode_t type = target->st_mode & S_IFMT;
  const bool is_sink = type == S_IFCHR || type == S_IFBLK || type == S_IFIFO ||
                       (type == S_IFREG && leads_to_open_file(run, entry, there));
  if (!is_sink) return std::nullopt;
  return standing{.status = *target, .behind_link = S_ISLNK(there.st_mode)};
}

}  // namespace copytree
