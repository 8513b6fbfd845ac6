#include "copytree/tree/copy_directory.h"

#include <dirent.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "copytree/entry/copy_leaf.h"
#include "copytree/entry/settle.h"
#include "copytree/mirror/leftovers.h"
#include "copytree/run/dereference.h"
#include "copytree/run/entry_filter.h"
#include "copytree/system/directory_reader.h"

namespace copytree {

namespace {

// Large enough that handing entries to another thread costs nothing beside the copying, small
// enough that one directory keeps several of them busy.
constexpr std::size_t batch_size = 32;

void copy_batch(context& run, batch entries) {
  auto held = entries.directory()->keep_open();
  while (!entries.empty() && !run.stopped()) {
    const batch::item item = entries.next();
    if (is_left(run, entries.directory(), item.name, item.type)) continue;
    if (!held) {
      const leaf lost{entries.directory(), item.name, item.name};
      fail(run, operation::open_source, lost, held.error());
      settle_unopened(run, lost, item.type);
      continue;
    }
    copy_leaf(run, {entries.directory(), item.name, item.name}, item.type, [&] {
      // A long file would keep the rest waiting.
      if (!entries.empty() && run.left == nullptr) post_batch(run, entries.split_rest());
    });
  }
}

// Copies the batch at once if enough of them are queued: more would only take memory.
void hand_out(context& run, batch entries) {
  if (run.others != nullptr && run.others->take(run, entries)) return;
  if (run.left == nullptr &&
      run.queued_batches.load(std::memory_order_relaxed) < 16 * run.executor.concurrency()) {
    return post_batch(run, std::move(entries));
  }
  copy_batch(run, std::move(entries));
}

// A link that is followed has the type of what it leads to. DT_UNKNOWN only if the file cannot be
// looked at, which has been reported then.
unsigned char type_of(context& run, const leaf& entry, unsigned char hint) {
  const bool is_followed = run.how.follow == follow_links::always && hint == DT_LNK;
  if (hint != DT_UNKNOWN && !is_followed) return hint;
  const auto status = source_status(run, entry);
  if (status) return entry_type(status->st_mode);
  fail(run, operation::stat_source, entry, status.error());
  return DT_UNKNOWN;
}

// Those below one that is copied here go to other processes, where there are any.
bool is_taken(context& run, const found_directory& found) {
  if (run.others == nullptr) return false;
  batch alone(found.parent);
  alone.add(found.name, DT_DIR);
  return run.others->take(run, alone);
}

std::size_t depth_in_share(const open_directory* directory) {
  std::size_t depth = 0;
  for (; !directory->is_lent(); directory = directory->parent()) ++depth;
  return depth;
}

// In a share depth first, so that few directories are incomplete when the rest of it is left.
void keep_in_share(left_entries& left, found_directory found, std::vector<found_directory>& stack) {
  if (!left.is_too_deep(depth_in_share(found.parent.get()))) {
    stack.push_back(std::move(found));
  } else {
    left.leave(found.parent, found.name, DT_DIR, left_entries::reason::not_begun);
  }
}

// A task of its own for each directory that may have one; the others are left on the stack.
void take_directory(context& run, found_directory found, std::vector<found_directory>& stack) {
  if (run.left != nullptr) return keep_in_share(*run.left, std::move(found), stack);
  if (is_taken(run, found)) return;
  found.place = run.budget.take();
  if (found.place) return post_directory(run, std::move(found));
  stack.push_back(std::move(found));
}

entry_filter filter_of(const context& run, const open_directory& directory) {
  return {run.how, directory.rules(),
          filters(run.how) ? path_below_operand(directory) : std::string()};
}

void copy_entries(context& run, const std::shared_ptr<open_directory>& directory,
                  std::vector<found_directory>& stack) {
  directory_reader reader(run.fs, directory->source());
  entry_filter filter = filter_of(run, *directory);
  batch others(directory);
  const std::size_t enough = run.others != nullptr ? run.others->share_size() : batch_size;
  while (!run.stopped()) {
    const auto read = reader.next();
    if (!read) {
      run.fail({.what = operation::read_directory,
                .reason = read.error(),
                .source = directory->path()->source_path(),
                .destination = directory->path()->destination_path()});
      break;
    }
    if (!*read) break;
    const char* name = (*read)->name;
    const unsigned char type = type_of(run, {directory, name, name}, (*read)->type);
    if (type == DT_UNKNOWN) {
      settle_unopened(run, {directory, name, name}, type);
      continue;
    }
    if (filter.excludes(name, type == DT_DIR)) continue;
    if (type == DT_DIR) {
      take_directory(run, {.parent = directory, .source = name, .name = name}, stack);
      continue;
    }
    others.add(name, type);
    if (others.size() == enough) hand_out(run, std::exchange(others, batch(directory)));
  }
  if (run.others != nullptr) return hand_out(run, std::move(others));
  copy_batch(run, std::move(others));
}

bool clears_leftovers(const context& run, const open_directory& in) {
  const bool is_new = in.state_of_new().present.has_value();
  return run.how.only == update::same && !run.how.dry_run && !is_new;
}

}  // namespace

void leave_obstacles(context& run) {
  for (const obstacle& each : run.in_the_way.found_since()) {
    run.left->leave(each.in, each.name, each.type, left_entries::reason::for_owner);
  }
}

bool is_left(context& run, const std::shared_ptr<open_directory>& in, const char* name,
             unsigned char type) {
  if (run.left == nullptr) return false;
  leave_obstacles(run);
  if (!run.left->is_enough()) return false;
  run.left->leave(in, name, type, left_entries::reason::not_begun);
  return true;
}

void copy_directory(context& run, found_directory first) {
  std::vector<found_directory> stack;
  stack.push_back(std::move(first));
  while (!stack.empty()) {
    found_directory found = std::move(stack.back());
    stack.pop_back();
    if (run.stopped() || is_left(run, found.parent, found.name.c_str(), DT_DIR)) continue;
    const std::shared_ptr<open_directory> directory = open_pair(run, found);
    if (directory == nullptr) {
      if (!found.put_off) settle_lost(run, found);
      continue;
    }
    if (directory->is_elsewhere()) continue;
    const auto held = directory->keep_open();
    if (run.counts.watched.load(std::memory_order_relaxed)) {
      run.counts.current.set(directory->path()->source_path());
    }
    if (clears_leftovers(run, *directory)) remove_leftovers(run, *directory);
    copy_entries(run, directory, stack);
  }
}

void post_directory(context& run, found_directory found) {
  run.executor.post(
      [&run, found = std::move(found)]() mutable { copy_directory(run, std::move(found)); });
}

void post_batch(context& run, batch entries) {
  run.queued_batches.fetch_add(1, std::memory_order_relaxed);
  run.executor.post([&run, entries = std::move(entries)]() mutable {
    run.queued_batches.fetch_sub(1, std::memory_order_relaxed);
    copy_batch(run, std::move(entries));
  });
}

}  // namespace copytree
