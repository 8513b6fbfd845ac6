#include "copytree/unnamed_file.h"

namespace copytree {

descriptor open_unnamed(context& run, const leaf& entry, int flags, mode_t mode) {
  std::atomic<bool>& refused = entry.in->methods()->unnamed_refused;
  if (refused.load(std::memory_order_relaxed)) return {};
  const auto opened =
      uninterrupted([&] { return run.fs.open_unnamed(entry.in->destination(), flags, mode); });
  if (opened) return {run.fs, *opened};
  // Whatever the reason: a file with a name will show whether it is real.
  refused.store(true, std::memory_order_relaxed);
  return {};
}

clearance place_hidden(context& run, const leaf& entry, const file_status& source,
                       placement& placed, operation what, placement::maker make,
                       par::function_ref<bool()> make_unnamed) {
  clearance cleared = clear_way(run, entry, source);
  if (!cleared.backup.empty()) placed.keep_backup(cleared.backup);
  if (!is_made(cleared)) return cleared;
  begun(run, entry, cleared.backup);
  if (make_unnamed()) return cleared;
  const auto made = placed.make_replacement(make);
  if (made) return cleared;
  fail(run, what, entry, made.error());
  return {.to = way::refused};
}

}  // namespace copytree
