#include "copytree/entry/substitute.h"

#include <fcntl.h>

#include <string>

#include "copytree/entry/place.h"
#include "copytree/run/dereference.h"

namespace copytree {

namespace {

bool is_current_directory(context& run, file_id directory) {
  const auto here = run.fs.status_following({AT_FDCWD, "."});
  return here && id_of(*here) == directory;
}

// A symbolic link of our own gets the owner and the times of what it leads to.
void keep_origin(context& run, const leaf& entry, const file_status& source, at link) {
  if (run.how.preserve.owner) {
    const auto set = run.fs.set_owner_at(link, source.st_uid, source.st_gid);
    if (!set && run.how.privileged) fail(run, operation::set_owner, entry, set.error());
  }
  if (run.how.preserve.times) {
    const auto set =
        run.fs.set_times_at(link, {.access = source.st_atim, .modification = source.st_mtim});
    if (!set) fail(run, operation::set_times, entry, set.error());
  }
}

made link_to_source(context& run, const leaf& entry, const file_status& source, operation what,
                    counter& kind, placement::maker make) {
  placement placed(run.fs, entry.to());
  const clearance cleared = place(run, entry, source, placed, what, make);
  if (!is_made(cleared)) return unmade(cleared);
  if (what == operation::create_substitute_link) keep_origin(run, entry, source, placed.made());
  if (const auto committed = placed.commit(); !committed) {
    fail(run, operation::replace, entry, committed.error());
    return made::no;
  }
  done(run, kind, entry, cleared.backup);
  return made::yes;
}

// What stands there comes first: that may be a reason to pass the entry over, or worse.
made refuse_relative(context& run, const leaf& entry, const file_status& source) {
  const clearance cleared = clear_way(run, entry, source);
  placement placed(run.fs, entry.to());
  placed.keep_backup(cleared.backup);
  if (!is_made(cleared)) return unmade(cleared);
  begun(run, entry, cleared.backup);
  fail(run, operation::relative_link_elsewhere, entry);
  return made::no;
}

made make_symbolic(context& run, const leaf& entry, const file_status& source) {
  const std::string target = entry.in->path()->source_path(entry.source);
  if (!target.starts_with('/') && !is_current_directory(run, entry.in->destination_id())) {
    return refuse_relative(run, entry, source);
  }
  return link_to_source(run, entry, source, operation::create_substitute_link,
                        run.counts.copied.symlinks,
                        [&](at where) { return run.fs.make_symlink(target, where); });
}

}  // namespace

made make_substitute(context& run, const leaf& entry, const file_status& source) {
  if (run.how.instead == substitute::symbolic_link) return make_symbolic(run, entry, source);
  return link_to_source(
      run, entry, source, operation::create_hard_link, run.counts.copied.hard_links, [&](at where) {
        return follows(run, entry) ? run.fs.make_link_following(entry.from(), where)
                                   : run.fs.make_link(entry.from(), where);
      });
}

}  // namespace copytree
