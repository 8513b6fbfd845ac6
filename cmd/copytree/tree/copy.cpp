#include "copytree/tree/copy.h"

#include <dirent.h>
#include <fcntl.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copytree/attributes/acl.h"
#include "copytree/entry/copy_leaf.h"
#include "copytree/mirror/mirror.h"
#include "copytree/model/operand_name.h"
#include "copytree/operands/parents.h"
#include "copytree/run/dereference.h"
#include "copytree/system/directory_reader.h"
#include "copytree/tree/copy_directory.h"

namespace copytree {

namespace {

std::shared_ptr<open_directory> target_of(context& run, plan& what) {
  // Operands may lie on different file systems; they share one memory of refused methods.
  copy_methods& methods = run.methods.between(0, what.target_id.device);
  // By name, as it is not open for reading.
  const at target = {.directory = what.target.get(), .name = "."};
  const bool inherits = has_default_list({run.fs, target});
  return std::make_shared<open_directory>(
      run, open_directory::parts{.path = std::make_shared<tree_path>(what.target_path),
                                 .parent = nullptr,
                                 .source = descriptor(run.fs, AT_FDCWD),
                                 .destination = std::move(what.target),
                                 .destination_id = what.target_id,
                                 .job_root = {},
                                 .state = {.is_new = false},
                                 .gives_default_list = inherits,
                                 .methods = &methods,
                                 .holds_operands = true,
                                 .place = {}});
}

// What a job is called in the directory it is copied from.
struct operand_place {
  std::shared_ptr<open_directory> in;  // None if it could not be made.
  std::string source;
  std::string name;
};

operand_place place_of(context& run, job& next, bool with_parents) {
  if (!with_parents) {
    return {.in = run.target, .source = std::move(next.source), .name = std::move(next.name)};
  }
  const std::string_view path = without_trailing_slashes(next.source);
  const std::size_t slash = path.rfind('/');
  const bool is_bare = slash == std::string_view::npos || slash + 1 == path.size();
  return {.in = make_parents(run, next),
          .source = is_bare ? next.source : next.source.substr(slash + 1),
          .name = name_of(path)};
}

// For a source that was not there when the plan was made.
bool look_again(context& run, const operand_place& where, job& next) {
  const leaf entry{where.in, where.source.c_str(), where.name.c_str()};
  const auto status = source_status(run, entry);
  if (!status) {
    fail(run, operation::stat_source, entry, status.error());
    return false;
  }
  next.status = *status;
  if (!S_ISDIR(status->st_mode) || run.how.recursive) return true;
  fail(run, operation::not_recursive, entry);
  return false;
}

void begin(context& run, job& next, bool with_parents) {
  operand_place where = place_of(run, next, with_parents);
  if (where.in == nullptr) return;
  if (next.status.st_mode == 0 && !look_again(run, where, next)) return;
  if (S_ISDIR(next.status.st_mode)) {
    return post_directory(run, {.parent = std::move(where.in),
                                .source = std::move(where.source),
                                .name = std::move(where.name),
                                .place = run.budget.take()});
  }
  run.executor.post([&run, where = std::move(where), mode = next.status.st_mode] {
    copy_leaf(run, {where.in, where.source.c_str(), where.name.c_str()}, entry_type(mode), [] {});
  });
}

void copy_put_off(context& run, const std::vector<obstacle>& in_the_way) {
  for (const obstacle& each : in_the_way) {
    if (run.stopped()) return;
    if (each.type == DT_DIR) {
      post_directory(
          run,
          {.parent = each.in, .source = each.name, .name = each.name, .place = run.budget.take()});
      continue;
    }
    const leaf entry{each.in, each.name.c_str(), each.name.c_str()};
    if (const auto held = hold_directory(run, entry)) copy_leaf(run, entry, each.type, [] {});
  }
}

// What has been put off is copied last, whatever has become of the obstacles.
void make_mirror(context& run, const std::vector<job>& jobs) {
  const std::vector<obstacle> in_the_way = run.in_the_way.take();
  mirror(run, jobs, in_the_way);
  copy_put_off(run, in_the_way);
  run.wait_idle();
  run.checks.finish(run);
}

// What no file and no directory has put on disk for itself.
void sync_rest(context& run) {
  for (const error& failed : run.disk.finish(run.fs)) run.fail(failed);
}

report report_of(const context& run) {
  const copied_counters& counts = run.counts.copied;
  return {.files = counts.files,
          .directories = counts.directories,
          .symlinks = counts.symlinks,
          .hard_links = counts.hard_links,
          .specials = counts.specials,
          .unchanged = counts.unchanged,
          .verified = counts.verified,
          .bytes = counts.bytes,
          .removed = counts.removed,
          .errors = counts.errors,
          .interrupted = run.stopped()};
}

}  // namespace

report copy(const surroundings& around, const options& how, plan what) {
  options with = how;
  if (!what.keeps_backups) with.keep_backup = backup::none;
  context run(around, with);
  for (const error& note : what.notes) run.events.noted(note);
  for (const error& refused : what.refused) run.fail(refused);
  run.target = target_of(run, what);
  run.disk.note(run.fs, run.target->destination(), what.target_id.device, what.target_path);
  const std::vector<job> mirrored = how.mirror ? what.jobs : std::vector<job>();
  for (job& next : what.jobs) {
    if (next.waits) run.wait_idle();
    begin(run, next, what.parents);
  }
  run.wait_idle();
  run.checks.finish(run);
  if (how.mirror) make_mirror(run, mirrored);
  if (run.how.sync && !run.stopped()) sync_rest(run);
  return report_of(run);
}

}  // namespace copytree
