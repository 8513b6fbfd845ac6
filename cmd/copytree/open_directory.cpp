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
  if (parts_.was_there) return;
  add(run_.counts.copied.directories);
  if (run_.how.dry_run) return;
  for (const attribute_error& error :
       set_attributes({run_.fs, source()}, parts_.status, {run_.fs, destination()}, parts_.state,
                      run_.rules, *parts_.methods)) {
    run_.fail({.what = error.what,
               .reason = error.reason,
               .source = path()->source_path(),
               .destination = path()->destination_path(),
               .attribute = error.name});
  }
  sync_directory();
}

void open_directory::sync_directory() {
  if (!run_.disk.syncs_each(destination_id().device)) return;
  if (const auto synced = run_.fs.sync(destination()); !synced) {
    run_.fail({.what = operation::sync,
               .reason = synced.error(),
               .source = path()->source_path(),
               .destination = path()->destination_path()});
  }
}

}  // namespace copytree
