#include "copytree/entry/make_leaf.h"

#include <dirent.h>
#include <fcntl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "copytree/attributes/copy_mode.h"
#include "copytree/data/copy_data.h"
#include "copytree/entry/file_content.h"
#include "copytree/entry/overwrite.h"
#include "copytree/entry/place.h"
#include "copytree/entry/substitute.h"
#include "copytree/run/dereference.h"
#include "copytree/run/unnamed_file.h"
#include "copytree/system/pin_entry.h"

namespace copytree {

namespace {

// Under the temporary name nobody has seen it yet: what is reported bears the final one.
void report(context& run, const leaf& entry, const std::vector<attribute_error>& errors) {
  for (const attribute_error& error : errors) fail(run, entry, error);
}

bool commit(context& run, const leaf& entry, placement& placed) {
  const auto committed = placed.commit();
  if (!committed) fail(run, operation::replace, entry, committed.error());
  return committed.has_value();
}

// Nothing if the copy failed or was stopped; the former has been reported.
std::optional<data_copied> fill(context& run, const leaf& entry, const source_leaf& source,
                                descriptor& file, const copy_state& state, bool keep_open) {
  auto copied = copy_content(run, entry, source, file.get());
  if (!copied) return std::nullopt;
  report(run, entry,
         set_attributes({run.fs, source.file.get()}, source.status, {run.fs, file.get()}, state,
                        run.rules, methods_for(run, entry, source.status)));
  if (!close_complete(run, entry, file, keep_open)) return std::nullopt;
  add(run.counts.copied.bytes, copied->bytes);
  return copied;
}

// For options::atomic: whatever ends the process, nothing is left of such a file.
std::optional<clearance> open_nameless(context& run, const leaf& entry, const source_leaf& source,
                                       mode_t mode, placement& placed, descriptor& file) {
  if (!run.how.atomic) return std::nullopt;
  auto unnamed = open_unnamed(run, entry, writing_flags(run.how), mode);
  if (!unnamed) return std::nullopt;
  clearance cleared = clear_place(run, entry, source.status, placed);
  if (is_made(cleared)) {
    placed.make_unnamed(unnamed->get());
    file = std::move(*unnamed);
  }
  return cleared;
}

// Opens the file that is to hold the copy: a new one, under its own name or none or another, or
// what stands there.
clearance open_file(context& run, const leaf& entry, const source_leaf& source, placement& placed,
                    descriptor& file) {
  const int flags = writing_flags(run.how) | O_CREAT | O_EXCL;
  const mode_t mode = mode_to_make(source.status, entry.in->gives_default_list(), run.rules);
  if (auto done = open_nameless(run, entry, source, mode, placed, file)) return *done;
  const auto create = [&](at where) -> os_result<void> {
    const auto opened = uninterrupted([&] { return run.fs.open(where, flags, mode); });
    if (!opened) return par::unexpected<std::errc>(opened.error());
    file = descriptor(run.fs, *opened);
    return {};
  };
  clearance cleared = place(run, entry, source.status, placed, operation::create_file, create);
  if (cleared.to == way::overwrite || cleared.to == way::write_through) {
    return overwrite(run, entry, cleared, file, placed, create);
  }
  // So that a later copy can tell it from what a killed one has left.
  if (placed.is_temporary()) static_cast<void>(run.fs.lock(file.get()));
  return cleared;
}

// Nothing but files and block devices can be synced, which the system says in one of these ways.
bool cannot_be_synced(std::errc reason) {
  return reason == std::errc::invalid_argument || reason == std::errc::read_only_file_system;
}

// Into a device or the like: of the file there is only the content.
made pour(context& run, const leaf& entry, const source_leaf& source, descriptor sink) {
  const auto copied = copy_content(run, entry, source, sink.get());
  if (!copied) return made::no;
  if (run.how.sync) {
    if (const auto synced = run.fs.sync(sink.get()); !synced && !cannot_be_synced(synced.error())) {
      fail(run, operation::sync, entry, synced.error());
      return made::no;
    }
  }
  if (const auto closed = sink.close(); !closed) {
    fail(run, operation::write_data, entry, closed.error());
    return made::no;
  }
  add(run.counts.copied.bytes, copied->bytes);
  if (run.how.explain) run.events.explained(copied->how);
  done(run, run.counts.copied.files, entry);
  return made::yes;
}

made make_file(context& run, const leaf& entry, const source_leaf& source) {
  placement placed(run.fs, entry.to());
  descriptor file;
  const clearance cleared = open_file(run, entry, source, placed, file);
  if (!file) return unmade(cleared);
  if (cleared.is_sink) return pour(run, entry, source, std::move(file));
  const copy_state state =
      cleared.to != way::overwrite ? entry.in->state_of_new() : copy_state{.is_new = false};
  const bool keep_open = run.how.verify || placed.is_unnamed();
  const auto content = fill(run, entry, source, file, state, keep_open);
  if (!content || !commit(run, entry, placed)) return made::no;
  account_for(run, entry, source, std::move(file), *content);
  done(run, run.counts.copied.files, entry, cleared.backup);
  return made::yes;
}

// A symbolic link or a special file: made by one call, then given its attributes by name.
made make_other(context& run, const leaf& entry, const source_leaf& source, operation what,
                placement::maker make, counter& kind) {
  placement placed(run.fs, entry.to());
  const clearance cleared = place(run, entry, source.status, placed, what, make);
  if (!is_made(cleared)) return unmade(cleared);
  const auto pinned = pin_entry(run.fs, placed.made(), source.status.st_mode);
  if (!pinned) {
    fail(run, what, entry, pinned.error());
    return made::no;
  }
  report(
      run, entry,
      set_attributes({run.fs, entry.from()}, source.status, {run.fs, at{pinned->get(), ""}},
                     entry.in->state_of_new(), run.rules, methods_for(run, entry, source.status)));
  if (!commit(run, entry, placed)) return made::no;
  done(run, kind, entry, cleared.backup);
  return made::yes;
}

made make_symlink(context& run, const leaf& entry, const source_leaf& source) {
  const auto target =
      run.fs.read_link(entry.from(), static_cast<std::size_t>(source.status.st_size));
  if (!target) {
    fail(run, operation::read_link, entry, target.error());
    return made::no;
  }
  return make_other(
      run, entry, source, operation::create_symlink,
      [&](at where) { return run.fs.make_symlink(*target, where); }, run.counts.copied.symlinks);
}

made make_special(context& run, const leaf& entry, const source_leaf& source) {
  const mode_t type_and_mode =
      (source.status.st_mode & S_IFMT) |
      mode_to_make(source.status, entry.in->gives_default_list(), run.rules);
  const operation create =
      S_ISFIFO(source.status.st_mode) ? operation::create_fifo : operation::create_special;
  return make_other(
      run, entry, source, create,
      [&](at where) { return run.fs.make_node(where, type_and_mode, source.status.st_rdev); },
      run.counts.copied.specials);
}

counter& kind_of(context& run, mode_t mode) {
  if (S_ISREG(mode)) return run.counts.copied.files;
  return S_ISLNK(mode) ? run.counts.copied.symlinks : run.counts.copied.specials;
}

made pretend(context& run, const leaf& entry, const source_leaf& source) {
  const clearance cleared = clear_way(run, entry, source.status);
  if (!is_made(cleared)) return unmade(cleared);
  if (S_ISREG(source.status.st_mode)) {
    add(run.counts.copied.bytes, static_cast<std::uint64_t>(source.status.st_size));
  }
  done(run, kind_of(run, source.status.st_mode), entry);
  return made::yes;
}

// Whether the entry is opened: to read its content.
bool has_content(const context& run, unsigned char type) {
  if (run.how.instead != substitute::none) return false;
  return type == DT_REG || (run.how.special_contents && type != DT_LNK);
}

}  // namespace

std::optional<source_leaf> look_at_source(context& run, const leaf& entry, unsigned char type) {
  source_leaf found;
  if (has_content(run, type)) {
    // Of a FIFO that is to be read, a writer is awaited.
    const int waiting = type == DT_REG ? O_NONBLOCK : 0;
    const auto opened = open_to_read(run, entry, O_RDONLY | waiting | O_NOCTTY);
    if (!opened) {
      fail(run, operation::open_source, entry, opened.error());
      return std::nullopt;
    }
    found.file = descriptor(run.fs, *opened);
  }
  const auto status = found.file ? run.fs.status(found.file.get()) : source_status(run, entry);
  if (!status) {
    fail(run, operation::stat_source, entry, status.error());
    return std::nullopt;
  }
  if (IFTODT(status->st_mode) != type) {
    fail(run, operation::source_replaced, entry);
    return std::nullopt;
  }
  found.status = *status;
  return found;
}

made make_leaf(context& run, const leaf& entry, const source_leaf& source) {
  if (run.how.dry_run) return pretend(run, entry, source);
  if (run.how.instead != substitute::none) return make_substitute(run, entry, source.status);
  if (source.file) return make_file(run, entry, source);
  if (S_ISLNK(source.status.st_mode)) return make_symlink(run, entry, source);
  return make_special(run, entry, source);
}

}  // namespace copytree
