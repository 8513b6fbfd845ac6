#include "copytree/unchanged.h"

#include <fcntl.h>

#include "copytree/attributes.h"
#include "copytree/descriptor.h"
#include "copytree/directory_reader.h"
#include "copytree/settle.h"

namespace copytree {

namespace {

constexpr mode_t mode_bits = 07777;

bool has_same_time(const file_status& one, const file_status& other) {
  return one.st_mtim.tv_sec == other.st_mtim.tv_sec && one.st_mtim.tv_nsec == other.st_mtim.tv_nsec;
}

bool has_same_attributes(context& run, const file_status& source, const file_status& copy) {
  const preserved& wanted = run.how.preserve;
  return (!wanted.owner || owner_of(source) == owner_of(copy)) &&
         (!wanted.mode || S_ISLNK(source.st_mode) ||
          (source.st_mode & mode_bits) == (copy.st_mode & mode_bits));
}

bool has_same_target(context& run, const leaf& entry, const file_status& source) {
  const auto size = static_cast<std::size_t>(source.st_size);
  const auto wanted = run.fs.read_link(entry.from(), size);
  const auto present = run.fs.read_link(entry.to(), size);
  return wanted && present && *wanted == *present;
}

// The contents are taken to be the same then.
bool is_same(context& run, const leaf& entry, const file_status& source, const file_status& copy) {
  if ((source.st_mode & S_IFMT) != (copy.st_mode & S_IFMT)) return false;
  if (id_of(source) == id_of(copy) || !has_same_time(source, copy)) return false;
  if (S_ISREG(source.st_mode)) return source.st_size == copy.st_size;
  // Without a descriptor, attributes are better given to a new one than to whatever has that name.
  if (!has_same_attributes(run, source, copy)) return false;
  if (S_ISLNK(source.st_mode)) return has_same_target(run, entry, source);
  return source.st_rdev == copy.st_rdev;
}

// False if it cannot be done, because the file cannot be opened or has been replaced: it is to be
// copied again then.
bool put_attributes_right(context& run, const leaf& entry, const file_status& source,
                          const file_status& copy) {
  if (has_same_attributes(run, source, copy)) return true;
  const auto opened =
      uninterrupted([&] { return run.fs.open(entry.to(), O_RDONLY | O_NONBLOCK | O_NOCTTY); });
  if (!opened) return false;
  const descriptor file(run.fs, *opened);
  const auto status = run.fs.status(*opened);
  if (!status || id_of(*status) != id_of(copy)) return false;
  const copy_state state = {.is_new = false, .present = owner_of(copy), .mode = copy.st_mode};
  copy_methods& methods = run.methods.between(source.st_dev, copy.st_dev);
  for (const attribute_error& error : set_attributes(
           {run.fs, entry.from()}, source, {run.fs, *opened}, state, run.rules, methods)) {
    fail(run, entry, error);
  }
  return true;
}

}  // namespace

bool pass_over_unchanged(context& run, const leaf& entry, const file_status& source) {
  if (!entry.in->has_destination()) return false;
  const auto copy = run.fs.status_at(entry.to());
  if (!copy || !is_same(run, entry, source, *copy)) return false;
  if (!run.how.dry_run && S_ISREG(source.st_mode) &&
      !put_attributes_right(run, entry, source, *copy)) {
    return false;
  }
  add(run.counts.copied.unchanged);
  return true;
}

bool pass_over_unchanged(context& run, const leaf& entry, unsigned char type) {
  const auto source = run.fs.status_at(entry.from());
  if (!source || entry_type(source->st_mode) != type || source->st_nlink > 1) return false;
  if (!pass_over_unchanged(run, entry, *source)) return false;
  settle(run, *source);
  return true;
}

bool pass_over_linked(context& run, const leaf& entry, at existing) {
  if (!entry.in->has_destination()) return false;
  const auto there = run.fs.status_at(entry.to());
  const auto wanted = run.fs.status_at(existing);
  if (!there || !wanted || id_of(*there) != id_of(*wanted)) return false;
  add(run.counts.copied.unchanged);
  return true;
}

}  // namespace copytree
