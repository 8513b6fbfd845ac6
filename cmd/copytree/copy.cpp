#include "copytree/copy.h"

#include <fcntl.h>

#include <memory>
#include <utility>
#include <vector>

#include "copytree/copy_directory.h"
#include "copytree/copy_leaf.h"
#include "copytree/directory_reader.h"
#include "copytree/mirror.h"

namespace copytree {

namespace {

std::shared_ptr<open_directory> target_of(context& run, plan& what) {
  // Operands may lie on different file systems; they share one memory of refused methods.
  copy_methods& methods = run.methods.between(0, what.target_id.device);
  return std::make_shared<open_directory>(
      run, open_directory::parts{.path = std::make_shared<tree_path>(what.target_path),
                                 .parent = nullptr,
                                 .source = descriptor(run.fs, AT_FDCWD),
                                 .destination = std::move(what.target),
                                 .destination_id = what.target_id,
                                 .job_root = {},
                                 .owner_of_new = {},
                                 .methods = &methods,
                                 .place = {}});
}

void begin(context& run, job& next) {
  if (S_ISDIR(next.status.st_mode)) {
    return post_directory(run, {.parent = run.target,
                                .source = std::move(next.source),
                                .name = std::move(next.name),
                                .place = run.budget.take()});
  }
  run.executor.post([&run, next = std::move(next)] {
    copy_leaf(run, {run.target, next.source.c_str(), next.name.c_str()},
              entry_type(next.status.st_mode), [] {});
  });
}

report report_of(const context& run) {
  const copied_counters& counts = run.counts.copied;
  return {.files = counts.files,
          .directories = counts.directories,
          .symlinks = counts.symlinks,
          .hard_links = counts.hard_links,
          .specials = counts.specials,
          .bytes = counts.bytes,
          .removed = counts.removed,
          .errors = counts.errors,
          .interrupted = run.stopped()};
}

}  // namespace

report copy(const surroundings& around, const options& how, plan what) {
  context run(around, how);
  for (const error& note : what.notes) run.events.noted(note);
  for (const error& refused : what.refused) run.fail(refused);
  run.target = target_of(run, what);
  const std::vector<job> mirrored = how.mirror ? what.jobs : std::vector<job>();
  for (job& next : what.jobs) begin(run, next);
  run.executor.wait_idle();
  if (how.mirror) mirror(run, mirrored);
  return report_of(run);
}

}  // namespace copytree
