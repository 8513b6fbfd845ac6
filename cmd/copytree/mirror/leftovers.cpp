#include "copytree/mirror/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "copytree/run/context.h"
#include "copytree/system/descriptor.h"
#include "copytree/system/directory_reader.h"
#include "copytree/system/temporary_name.h"

namespace copytree {

namespace {

std::vector<std::string> temporary_names(context& run, const open_directory& in) {
  std::vector<std::string> found;
  if (!run.fs.seek(in.destination(), 0, SEEK_SET)) return found;
  directory_reader reader(run.fs, in.destination());
  for (auto next = reader.next(); next && *next; next = reader.next()) {
    if ((*next)->type != DT_DIR && maker_of((*next)->name)) found.emplace_back((*next)->name);
  }
  return found;
}

// Files are locked as long as they are in the making; other kinds are so for an instant only.
bool is_held(context& run, at where) {
  const auto status = run.fs.status_at(where);
  if (!status || S_ISDIR(status->st_mode)) return true;
  if (!S_ISREG(status->st_mode)) return false;
  const auto opened =
      uninterrupted([&] { return run.fs.open(where, O_RDONLY | O_NONBLOCK | O_NOCTTY); });
  if (!opened) return true;
  const descriptor file(run.fs, *opened);
  return !run.fs.lock(*opened).has_value();
}

bool is_leftover(context& run, const open_directory& in, const std::string& name) {
  if (run.fs.is_running(*maker_of(name))) return false;
  const auto source = run.fs.status_at({.directory = in.source(), .name = name.c_str()});
  if (source || source.error() != std::errc::no_such_file_or_directory) return false;
  return !is_held(run, {.directory = in.destination(), .name = name.c_str()});
}

}  // namespace

void remove_leftovers(context& run, const open_directory& in) {
  for (const std::string& name : temporary_names(run, in)) {
    if (run.stopped()) return;
    if (!is_leftover(run, in, name)) continue;
    const auto removed = run.fs.remove({.directory = in.destination(), .name = name.c_str()});
    if (removed) continue;
    run.fail({.what = operation::remove_leftover,
              .reason = removed.error(),
              .source = in.path()->source_path(name),
              .destination = in.path()->destination_path(name)});
  }
}

}  // namespace copytree
