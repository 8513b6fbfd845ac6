// What all tasks of one copy share.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "copytree/data/copy_methods.h"
#include "copytree/data/durability.h"
#include "copytree/data/rate_limit.h"
#include "copytree/model/counters.h"
#include "copytree/model/error.h"
#include "copytree/model/observer.h"
#include "copytree/model/options.h"
#include "copytree/run/descriptor_budget.h"
#include "copytree/run/hard_links.h"
#include "copytree/run/helpers.h"
#include "copytree/run/left_entries.h"
#include "copytree/run/made_names.h"
#include "copytree/run/obstacles.h"
#include "copytree/run/open_directory.h"
#include "copytree/run/verifier.h"
#include "copytree/system/fs.h"
#include "par/pools/executor.h"

namespace copytree {

// What the caller of a copy provides; it must outlive the copy.
struct surroundings {
  file_system& fs;
  par::executor& executor;
  const std::atomic<bool>& stop;  // Set to end early.
  observer& events;
  counters& counts;
  helpers* others = nullptr;  // Null: all is copied by this process.
};

struct context {
  context(const surroundings& from, const options& with);

  file_system& fs;
  par::executor& executor;
  const std::atomic<bool>& stop;
  observer& events;
  counters& counts;
  helpers* const others;
  left_entries* left = nullptr;  // In a process that copies a share.
  const options how;
  const attribute_rules rules;  // Of how.
  copy_method_table methods;
  descriptor_budget budget;
  std::atomic<std::size_t> queued_batches{0};
  hard_links links;
  made_names made;
  obstacles in_the_way;
  durability disk;
  verifier checks;
  pacer time;
  std::optional<rate_limit> limit;
  std::shared_ptr<open_directory> target;  // Where the operands go; a link table's way back down.

  [[nodiscard]] bool stopped() const { return stop.load(std::memory_order_relaxed); }

  // Waits until everything that was posted is done, here and elsewhere. Rethrows the first that a
  // task has thrown.
  void wait_idle();

  void fail(const error& what) {
    add(counts.copied.errors);
    events.failed(what);
  }
};

// An entry of a directory under copy, and what it is to be called. The names belong to the caller.
struct leaf {
  const std::shared_ptr<open_directory>& in;
  const char* source;
  const char* name;

  [[nodiscard]] at from() const { return {.directory = in->source(), .name = source}; }
  [[nodiscard]] at to() const { return {.directory = in->destination(), .name = name}; }
};

inline void fail(context& run, operation what, const leaf& entry, std::errc reason = {}) {
  run.fail({.what = what,
            .reason = reason,
            .source = entry.in->path()->source_path(entry.source),
            .destination = entry.in->path()->destination_path(entry.name)});
}

// Keeps the directory of an entry open; nothing if that cannot be, which has been reported then.
[[nodiscard]] inline std::optional<open_directory::hold> hold_directory(context& run,
                                                                        const leaf& entry) {
  auto held = entry.in->keep_open();
  if (held) return std::move(*held);
  fail(run, operation::open_source_directory, entry, held.error());
  return std::nullopt;
}

// Lists an entry, with the backup of what stood there.
inline void list(context& run, const leaf& entry, const std::string& backup = {}) {
  const std::string source = entry.in->path()->source_path(entry.source);
  const std::string destination = entry.in->path()->destination_path(entry.name);
  if (backup.empty()) return run.events.copied(source, destination);
  run.events.copied_with_backup(source, destination, entry.in->path()->destination_path(backup));
}

// Lists an entry that is about to be copied, if entries are listed then.
inline void begun(context& run, const leaf& entry, const std::string& backup = {}) {
  if (run.how.list_entries && run.how.list_before) list(run, entry, backup);
}

inline void fail(context& run, const leaf& entry, const attribute_error& error) {
  run.fail({.what = error.what,
            .reason = error.reason,
            .source = entry.in->path()->source_path(entry.source),
            .destination = entry.in->path()->destination_path(entry.name),
            .attribute = error.name});
}

// Counts an entry as done, and lists it if that is wanted.
inline void done(context& run, counter& kind, const leaf& entry, const std::string& backup = {}) {
  add(kind);
  if (entry.in->holds_operands()) run.made.add(entry.in->destination_id(), entry.name);
  if (run.how.list_entries && !run.how.list_before) list(run, entry, backup);
}

// Lists that something had to make room for the entry.
inline void tell_removed(context& run, const leaf& entry) {
  if (run.how.list_entries) run.events.removed(entry.in->path()->destination_path(entry.name));
}

}  // namespace copytree
