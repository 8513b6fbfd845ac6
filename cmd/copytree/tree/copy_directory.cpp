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

void copy_batch(context& run, batch entries) {
  auto held = entries.directory()->keep_open();
  while (!entries.empty() && !run.stopped()) {
    const batch::item item = entries.next();
    if (!held) {
      const leaf lost{entries.directory(), item.name, item.name};
      fail(run, operation::open_source, lost, held.error());
      settle_unopened(run, lost, item.type);
      continue;
    }
    copy_leaf(run, {entries.directory(), item.name, item.name}, item.type, [&] {
      // A long file would keep the rest waiting.
      if (!entries.empty()) post_batch(run, entries.split_rest());
    });
  }
}

// Copies the batch at once if enough of them are queued: more would only take memory.
void hand_out(context& run, batch entries) {
  if (run.queued_batches.load(std::memory_order_relaxed) < 16 * run.executor.concurrency()) {
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

// A task of its own for each directory that may have one; the others are left on the stack.
void take_directory(context& run, found_directory found, std::vector<found_directory>& stack) {
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
    if (others.full()) hand_out(run, std::exchange(others, batch(directory)));
  }
  copy_batch(run, std::move(others));
}

bool clears_leftovers(const context& run, const open_directory& in) {
  const bool is_new = in.state_of_new().present.has_value();
  return run.how.only == update::same && !run.how.dry_run && !is_new;
}

void copy_directory(context& run, found_directory first) {
  std::vector<found_directory> stack;
  stack.push_back(std::move(first));
  while (!stack.empty()) {
    found_directory found = std::move(stack.back());
    stack.pop_back();
    if (run.stopped()) continue;
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

}  // namespace

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
