#include "copytree/mirror/removal.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "copytree/system/descriptor.h"

namespace copytree {

namespace {

constexpr int search_flags = O_PATH | O_DIRECTORY;

bool is_numbered_backup(std::string_view name) {
  if (!name.ends_with('~')) return false;
  name.remove_suffix(1);
  const std::size_t mark = name.rfind(".~");
  if (mark == std::string_view::npos || mark + 2 == name.size()) return false;
  const std::string_view number = name.substr(mark + 2);
  return std::all_of(number.begin(), number.end(),
                     [](char digit) { return digit >= '0' && digit <= '9'; });
}

// The directory that a file lies in, by its path.
std::string directory_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

}  // namespace

removal::removal(context& run, const std::vector<job>& jobs) : run_(run) {
  note_sources(jobs);
}

void removal::note_sources(const std::vector<job>& jobs) {
  for (const job& source : jobs) {
    const bool is_directory = S_ISDIR(source.status.st_mode);
    (is_directory ? directories_ : files_).insert(id_of(source.status));
    const std::string path = is_directory ? source.source : directory_of(source.source);
    const auto opened = uninterrupted(
        [&] { return run_.fs.open_following({AT_FDCWD, path.c_str()}, search_flags); });
    if (opened) note_directories_from(descriptor(run_.fs, *opened));
  }
}

// Up to the root, or to where another source has been before.
void removal::note_directories_from(descriptor directory) {
  for (bool is_first = true;; is_first = false) {
    const auto status = run_.fs.status(directory.get());
    if (!status) return;
    if (!directories_.insert(id_of(*status)).second && !is_first) return;
    const auto above =
        uninterrupted([&] { return run_.fs.open({directory.get(), ".."}, search_flags); });
    if (!above) return;
    directory = descriptor(run_.fs, *above);
  }
}

bool removal::is_backup(std::string_view name) const {
  if (run_.how.keep_backup == backup::none) return false;
  return is_numbered_backup(name) ||
         (name.size() > run_.how.backup_suffix.size() && name.ends_with(run_.how.backup_suffix));
}

bool removal::is_source_file(at where) const {
  if (files_.empty()) return false;
  const auto status = run_.fs.status_at(where);
  return status && files_.contains(id_of(*status));
}

template <class Path>
bool removal::removed(const os_result<void>& result, Path path) {
  if (!result) {
    fail(operation::remove_destination, path(), result.error());
    return false;
  }
  add(run_.counts.copied.removed);
  if (run_.how.list_entries) run_.events.removed(path());
  return true;
}

bool removal::remove_file(at where, const std::string& directory, std::string_view name) {
  if (!may_go_on()) return false;
  const auto path = [&] { return join(directory, name); };
  if (is_source_file(where)) {
    fail(operation::remove_source, path());
    return false;
  }
  return removed(run_.how.dry_run ? os_result<void>() : run_.fs.remove(where), path);
}

bool removal::remove_directory(at where, const std::string& path) {
  if (!may_go_on()) return false;
  return removed(run_.how.dry_run ? os_result<void>() : run_.fs.remove_directory(where),
                 [&] { return path; });
}

bool removal::holds_source(const file_status& directory, const std::string& path) {
  if (!directories_.contains(id_of(directory))) return false;
  fail(operation::remove_source, path);
  return true;
}

void removal::fail(operation what, const std::string& path, std::errc reason) {
  run_.fail({.what = what, .reason = reason, .source = "", .destination = path});
}

}  // namespace copytree
