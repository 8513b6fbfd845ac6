#include "copytree/run/unnamed_file.h"

namespace copytree {

std::optional<descriptor> open_unnamed(context& run, const leaf& entry, int flags, mode_t mode) {
  std::atomic<bool>& refused = entry.in->methods()->unnamed_refused;
  if (refused.load(std::memory_order_relaxed)) return std::nullopt;
  const auto opened =
      uninterrupted([&] { return run.fs.open_unnamed(entry.in->destination(), flags, mode); });
  if (opened) return descriptor(run.fs, *opened);
  // Whatever the reason: a file with a name will show whether it is real.
  refused.store(true, std::memory_order_relaxed);
  return std::nullopt;
}

}  // namespace copytree
