#include "copytree/shares/remove_unfinished.h"

#include <dirent.h>
#include <fcntl.h>

#include <cstddef>

#include "copytree/system/descriptor.h"
#include "copytree/system/directory_reader.h"

namespace copytree {

namespace {

constexpr std::size_t deepest = 200;  // A descriptor each.

// True when the search is over.
bool remove_in(file_system& fs, at directory, const new_file_note& note, std::size_t depth) {
  const auto opened = uninterrupted(
      [&] { return fs.open(directory, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOCTTY); });
  if (!opened) return false;
  const descriptor here(fs, *opened);
  const auto status = fs.status(*opened);
  if (status && id_of(*status) == note.directory()) {
    static_cast<void>(fs.remove({.directory = *opened, .name = note.name().c_str()}));
    return true;
  }
  const auto names = read_names(fs, *opened);
  if (!names || depth == deepest) return false;
  for (const name_and_type& each : *names) {
    if (each.is_directory && remove_in(fs, {*opened, each.name.c_str()}, note, depth + 1)) {
      return true;
    }
  }
  return false;
}

}  // namespace

void remove_unfinished(context& run, const std::shared_ptr<open_directory>& in,
                       const std::vector<share::entry>& entries, const new_file_note& note) {
  if (!note.is_set() || !in->has_destination()) return;
  const auto held = in->keep_open();
  if (!held) return;
  if (note.directory() == in->destination_id()) {
    static_cast<void>(run.fs.remove({in->destination(), note.name().c_str()}));
    return;
  }
  for (const share::entry& each : entries) {
    if (each.type != DT_DIR) continue;
    if (remove_in(run.fs, {in->destination(), each.name.c_str()}, note, 0)) return;
  }
}

}  // namespace copytree
