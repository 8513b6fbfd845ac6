#include "copytree/entry/place.h"

#include <utility>

namespace copytree {

namespace {

clearance place_hidden(context& run, const leaf& entry, const file_status& source,
                       placement& placed, operation what, placement::maker make) {
  clearance cleared = clear_place(run, entry, source, placed);
  if (!is_made(cleared)) return cleared;
  if (const auto made = placed.make_replacement(make); !made) {
    fail(run, what, entry, made.error());
    return {.to = way::refused};
  }
  return cleared;
}

}  // namespace

clearance clear_place(context& run, const leaf& entry, const file_status& source,
                      placement& placed) {
  clearance cleared = clear_way(run, entry, source);
  const bool writes_there = cleared.to == way::overwrite || cleared.to == way::write_through;
  if (run.how.atomic && writes_there) cleared.to = way::replace;
  if (!cleared.backup.empty()) placed.keep_backup(cleared.backup);
  const bool is_changed = is_made(cleared) || writes_there;
  if (is_changed) begun(run, entry, cleared.backup);
  return cleared;
}

clearance place(context& run, const leaf& entry, const file_status& source, placement& placed,
                operation what, placement::maker make) {
  if (run.how.atomic) return place_hidden(run, entry, source, placed, what, make);
  // Mostly nothing stands there: look only if something does.
  auto made = placed.make_new(make);
  clearance cleared{.to = way::free};
  if (made || made.error() != std::errc::file_exists) begun(run, entry);
  if (!made && made.error() == std::errc::file_exists) {
    cleared = clear_place(run, entry, source, placed);
    if (!is_made(cleared)) return cleared;
    made = cleared.to == way::free ? placed.make_new(make) : placed.make_replacement(make);
  }
  if (made) return cleared;
  fail(run, what, entry, made.error());
  return {.to = way::refused};
}

}  // namespace copytree
