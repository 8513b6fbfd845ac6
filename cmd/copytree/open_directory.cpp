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
  add(run_.counts.copied.directories);
  run_.counts.settled.add_entry();
  if (run_.how.dry_run) return;
  for (const attribute_error& error : set_attributes(run_.fs, destination(), parts_.status,
                                                     parts_.owner_of_new, run_.how.privileged)) {
    run_.fail({.what = error.what,
               .reason = error.reason,
               .source = path()->source_path(),
               .destination = path()->destination_path()});
  }
}

}  // namespace copytree
