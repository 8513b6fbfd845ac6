#include "copytree/open_directory.h"

#include <utility>

#include "copytree/context.h"
#include "copytree/release_chain.h"

namespace copytree {

open_directory::~open_directory() {
  if (parts_.parent == nullptr) return;  // The place that the operands go to: not ours to change.
  if (!run_.stopped()) finish();         // Interrupted, it is not complete and stays private.
  parts_.source = {};
  parts_.destination = {};
  release_in_turn(std::move(parts_.parent));
}

void open_directory::finish() {
  if (parts_.was_there) return finish_parent();
  add(run_.counts.copied.directories);
  if (run_.how.dry_run) return;
  for (const attribute_error& error : set_attributes(run_.fs, destination(), parts_.status,
                                                     parts_.owner_of_new, run_.how.privileged)) {
    run_.fail({.what = error.what,
               .reason = error.reason,
               .source = path()->source_path(),
               .destination = path()->destination_path()});
  }
}

void open_directory::finish_parent() {
  if (run_.how.dry_run || !run_.how.preserve.times) return;
  const file_times times = {.access = parts_.status.st_atim, .modification = parts_.status.st_mtim};
  const auto set = run_.fs.set_times(destination(), times);
  if (set) return;
  run_.fail({.what = operation::set_times,
             .reason = set.error(),
             .source = path()->source_path(),
             .destination = path()->destination_path()});
}

}  // namespace copytree
