#include "copytree/entry/overwrite.h"

#include <utility>

namespace copytree {

namespace {

clearance refuse(context& run, operation what, const leaf& entry, std::errc reason) {
  fail(run, what, entry, reason);
  return {.to = way::refused};
}

// A symbolic link is only followed where one has been seen.
os_result<int> open_found(context& run, const leaf& entry, const clearance& cleared) {
  const int flags = writing_flags(run.how);
  return uninterrupted([&] {
    return cleared.behind_link ? run.fs.open_following(entry.to(), flags)
                               : run.fs.open(entry.to(), flags);
  });
}

clearance remove_and_make(context& run, const leaf& entry, placement& placed,
                          placement::maker make) {
  if (const auto removed = run.fs.remove(entry.to()); !removed) {
    return refuse(run, operation::remove_destination, entry, removed.error());
  }
  tell_removed(run, entry);
  if (const auto made = placed.make_new(make); !made) {
    return refuse(run, operation::create_file, entry, made.error());
  }
  return {.to = way::free};
}

// The one file that is made by following a link: under POSIX rules, if the user asks for them.
clearance write_through(context& run, const leaf& entry, const clearance& cleared,
                        descriptor& file) {
  const int flags = writing_flags(run.how) | O_CREAT;
  const auto opened = uninterrupted([&] { return run.fs.open_following(entry.to(), flags, 0600); });
  if (!opened) return refuse(run, operation::create_file, entry, opened.error());
  file = descriptor(run.fs, *opened);
  return cleared;
}

}  // namespace

clearance overwrite(context& run, const leaf& entry, const clearance& cleared, descriptor& file,
                    placement& placed, placement::maker make) {
  if (cleared.to == way::write_through) return write_through(run, entry, cleared, file);
  const auto opened = open_found(run, entry, cleared);
  if (!opened && way_to_change(run.how) == existing::force) {
    return remove_and_make(run, entry, placed, make);
  }
  if (!opened) return refuse(run, operation::create_file, entry, opened.error());
  descriptor found(run.fs, *opened);
  const auto status = run.fs.status(found.get());
  if (!status) return refuse(run, operation::stat_destination, entry, status.error());
  // Somebody has put another file there since it was found to be none of the sources.
  if (id_of(*status) != cleared.found) {
    return refuse(run, operation::create_file, entry, std::errc::file_exists);
  }
  if (S_ISREG(status->st_mode) && !run.how.attributes_only) {
    const auto emptied = uninterrupted([&] { return run.fs.truncate(found.get(), 0); });
    if (!emptied) return refuse(run, operation::create_file, entry, emptied.error());
  }
  file = std::move(found);
  return cleared;
}

}  // namespace copytree
