#include "copytree/mirror/mirrored_directory.h"

namespace copytree {

mirrored_directory::~mirrored_directory() {
  if (!changed || run.how.dry_run || !run.how.preserve.times) return;
  const auto set = run.fs.set_times(destination.get(), before);
  if (set) return;
  run.fail({.what = operation::set_times,
            .reason = set.error(),
            .source = source_path,
            .destination = path});
}

}  // namespace copytree
