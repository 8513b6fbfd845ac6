#include "copytree/make_leaf.h"

#include <dirent.h>
#include <fcntl.h>

#include <string>

#include "copytree/copy_data.h"
#include "copytree/pin_entry.h"

namespace copytree {

namespace {

// Under the temporary name nobody has seen it yet: what is reported bears the final one.
void report(context& run, const leaf& entry, const std::vector<attribute_error>& errors) {
  for (const attribute_error& error : errors) fail(run, error.what, entry, error.reason);
}

bool commit(context& run, const leaf& entry, placement& placed) {
  const auto committed = placed.commit();
  if (!committed) fail(run, operation::replace, entry, committed.error());
  return committed.has_value();
}

// False if the copy failed or was stopped; the former has been reported.
bool fill(context& run, const leaf& entry, const source_leaf& source, descriptor& file) {
  counters& counts = run.counts;
  file_progress progress(counts);
  const auto copied = copy_data(run.fs, source.file.get(), file.get(), source.status,
                                *entry.in->methods(), progress, run.stop);
  if (!copied) {
    if (!copied.error().stopped()) fail(run, copied.error().what, entry, copied.error().reason);
    return false;
  }
  report(run, entry,
         set_attributes(run.fs, file.get(), source.status, entry.in->owner_of_new(),
                        run.how.privileged));
  if (const auto closed = file.close(); !closed) {
    fail(run, operation::write_data, entry, closed.error());
    return false;
  }
  add(counts.copied.bytes, *copied);
  return true;
}

bool make_file(context& run, const leaf& entry, const source_leaf& source) {
  descriptor file;
  placement placed(run.fs, entry.to());
  const auto create = [&](at where) -> os_result<void> {
    const auto opened = uninterrupted(
        [&] { return run.fs.open(where, O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY, 0600); });
    if (!opened) return par::unexpected<std::errc>(opened.error());
    file = descriptor(run.fs, *opened);
    return {};
  };
  if (!place(run, entry, id_of(source.status), placed, operation::create_file, create)) {
    return false;
  }
  if (!fill(run, entry, source, file) || !commit(run, entry, placed)) return false;
  done(run, run.counts.copied.files, entry);
  return true;
}

// A symbolic link or a special file: made by one call, then given its attributes by name.
bool make_other(context& run, const leaf& entry, const source_leaf& source, operation what,
                placement::maker make, counter& kind) {
  placement placed(run.fs, entry.to());
  if (!place(run, entry, id_of(source.status), placed, what, make)) return false;
  const auto pinned = pin_entry(run.fs, placed.made(), source.status.st_mode);
  if (!pinned) {
    fail(run, what, entry, pinned.error());
    return false;
  }
  report(run, entry,
         set_attributes(run.fs, {pinned->get(), ""}, source.status, run.how.privileged));
  if (!commit(run, entry, placed)) return false;
  done(run, kind, entry);
  return true;
}

bool make_symlink(context& run, const leaf& entry, const source_leaf& source) {
  const auto target =
      run.fs.read_link(entry.from(), static_cast<std::size_t>(source.status.st_size));
  if (!target) {
    fail(run, operation::read_link, entry, target.error());
    return false;
  }
  return make_other(
      run, entry, source, operation::create_symlink,
      [&](at where) { return run.fs.make_symlink(*target, where); }, run.counts.copied.symlinks);
}

bool make_special(context& run, const leaf& entry, const source_leaf& source) {
  const mode_t type_and_mode = (source.status.st_mode & S_IFMT) | 0600;
  return make_other(
      run, entry, source, operation::create_special,
      [&](at where) { return run.fs.make_node(where, type_and_mode, source.status.st_rdev); },
      run.counts.copied.specials);
}

counter& kind_of(context& run, mode_t mode) {
  if (S_ISREG(mode)) return run.counts.copied.files;
  return S_ISLNK(mode) ? run.counts.copied.symlinks : run.counts.copied.specials;
}

bool pretend(context& run, const leaf& entry, const source_leaf& source) {
  if (!will_replace(run, entry, id_of(source.status))) return false;
  if (S_ISREG(source.status.st_mode)) {
    add(run.counts.copied.bytes, static_cast<std::uint64_t>(source.status.st_size));
  }
  done(run, kind_of(run, source.status.st_mode), entry);
  return true;
}

}  // namespace

std::optional<source_leaf> look_at_source(context& run, const leaf& entry, unsigned char type) {
  source_leaf found;
  if (type == DT_REG) {
    const auto opened =
        uninterrupted([&] { return run.fs.open(entry.from(), O_RDONLY | O_NONBLOCK | O_NOCTTY); });
    if (!opened) {
      fail(run, operation::open_source, entry, opened.error());
      return std::nullopt;
    }
    found.file = descriptor(run.fs, *opened);
  }
  const auto status = found.file ? run.fs.status(found.file.get()) : run.fs.status_at(entry.from());
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

std::optional<bool> will_replace(context& run, const leaf& entry, file_id source) {
  if (!entry.in->has_destination()) return false;
  const auto there = run.fs.status_at(entry.to());
  if (!there && there.error() == std::errc::no_such_file_or_directory) return false;
  if (!there) {
    fail(run, operation::stat_destination, entry, there.error());
    return std::nullopt;
  }
  const auto refuse = [&](operation why) {
    fail(run, why, entry);
    return std::optional<bool>();
  };
  if (run.how.new_only) return refuse(operation::already_exists);
  if (S_ISDIR(there->st_mode)) return refuse(operation::other_over_directory);
  if (id_of(*there) == source) return refuse(operation::same_file);
  return true;
}

bool place(context& run, const leaf& entry, file_id source, placement& placed, operation what,
           placement::maker make) {
  auto made = placed.make_new(make);
  if (!made && made.error() == std::errc::file_exists) {
    const auto replace = will_replace(run, entry, source);
    if (!replace) return false;
    made = placed.make_replacement(make);
  }
  if (!made) fail(run, what, entry, made.error());
  return made.has_value();
}

bool make_leaf(context& run, const leaf& entry, const source_leaf& source) {
  if (run.how.dry_run) return pretend(run, entry, source);
  if (S_ISREG(source.status.st_mode)) return make_file(run, entry, source);
  if (S_ISLNK(source.status.st_mode)) return make_symlink(run, entry, source);
  return make_special(run, entry, source);
}

}  // namespace copytree
