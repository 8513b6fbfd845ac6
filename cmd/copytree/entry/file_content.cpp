#include "copytree/entry/file_content.h"

#include <tuple>
#include <utility>

namespace copytree {

namespace {

data_rules rules_of(context& run, file_progress& progress) {
  return {.fs = run.fs,
          .progress = progress,
          .stop = run.stop,
          .reflink = run.how.reflink,
          .sparse = run.how.sparse,
          .summed = run.how.sums || run.how.verify,
          .limit = run.limit ? &*run.limit : nullptr};
}

auto what_changes(const file_status& status) {
  return std::tuple(status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

// What comes out of a FIFO or a device says nothing of its status. A small file that came to its
// expected end was read by one call, which sees one state of it; and sizes alone say nothing: those
// of /proc and /sys are made up.
bool has_changed(context& run, const source_leaf& source, std::uint64_t copied) {
  if (!S_ISREG(source.status.st_mode)) return false;
  const bool expected = copied == static_cast<std::uint64_t>(source.status.st_size);
  if (expected && copied < long_file) return false;
  const auto now = run.fs.status(source.file.get());
  return now && what_changes(*now) != what_changes(source.status);
}

}  // namespace

copy_methods& methods_for(context& run, const leaf& entry, const file_status& source) {
  if (source.st_dev == entry.in->source_id().device) return *entry.in->methods();
  return run.methods.between(source.st_dev, entry.in->destination_id().device);
}

std::optional<data_copied> copy_content(context& run, const leaf& entry, const source_leaf& source,
                                        int to) {
  if (run.how.attributes_only) return data_copied();
  file_progress progress(run.counts);
  auto copied = copy_data(rules_of(run, progress), methods_for(run, entry, source.status),
                          source.file.get(), to, source.status);
  if (!copied) {
    if (!copied.error().stopped()) fail(run, copied.error().what, entry, copied.error().reason);
    return std::nullopt;
  }
  if (run.how.report_changes && has_changed(run, source, copied->bytes)) {
    fail(run, operation::source_changed, entry);
  }
  return *copied;
}

bool close_complete(context& run, const leaf& entry, descriptor& file, bool keep_open) {
  if (run.disk.syncs_each(entry.in->destination_id().device)) {
    if (const auto synced = run.fs.sync(file.get()); !synced) {
      fail(run, operation::sync, entry, synced.error());
      return false;
    }
  }
  if (keep_open) return true;
  const auto closed = file.close();
  if (!closed) fail(run, operation::write_data, entry, closed.error());
  return closed.has_value();
}

void account_for(context& run, const leaf& entry, const source_leaf& source, descriptor file,
                 const data_copied& content) {
  if (run.how.attributes_only) return;
  if (run.how.explain) run.events.explained(content.how);
  if (run.how.sums) {
    run.events.summed(entry.in->path()->destination_path(entry.name), *content.sum);
  }
  if (!run.how.verify) return;
  written_file written{.file = std::move(file),
                       .size = content.bytes,
                       .sum = *content.sum,
                       .device = entry.in->destination_id().device,
                       .times = {},
                       .directory = entry.in->path(),
                       .source = entry.source,
                       .name = entry.name};
  if (run.how.preserve.times) {
    written.times = {.access = source.status.st_atim, .modification = source.status.st_mtim};
  }
  run.checks.add(run, std::move(written));
}

}  // namespace copytree
