// What all tasks of one copy share.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "copytree/copy_methods.h"
#include "copytree/counters.h"
#include "copytree/descriptor_budget.h"
#include "copytree/error.h"
#include "copytree/fs.h"
#include "copytree/hard_links.h"
#include "copytree/observer.h"
#include "copytree/open_directory.h"
#include "copytree/options.h"
#include "par/pools/executor.h"

namespace copytree {

// What the caller of a copy provides; it must outlive the copy.
struct surroundings {
  file_system& fs;
  par::executor& executor;
  const std::atomic<bool>& stop;  // Set to end early.
  observer& events;
  counters& counts;
};

struct context {
  context(const surroundings& from, const options& with)
      : fs(from.fs),
        executor(from.executor),
        stop(from.stop),
        events(from.events),
        counts(from.counts),
        how(with),
        budget(with.descriptors, from.executor.concurrency()),
        links(with.descriptors / 32) {}

  file_system& fs;
  par::executor& executor;
  const std::atomic<bool>& stop;
  observer& events;
  counters& counts;
  const options how;
  copy_method_table methods;
  descriptor_budget budget;
  std::atomic<std::size_t> queued_batches{0};
  hard_links links;
  std::shared_ptr<open_directory> target;  // Where the operands go; a link table's way back down.

  [[nodiscard]] bool stopped() const { return stop.load(std::memory_order_relaxed); }

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

// Counts an entry as done, and lists it if that is wanted.
inline void done(context& run, counter& kind, const leaf& entry) {
  add(kind);
  if (!run.how.list_entries) return;
  run.events.copied(entry.in->path()->source_path(entry.source),
                    entry.in->path()->destination_path(entry.name));
}

}  // namespace copytree
