#include "copytree/entry/unchanged.h"

#include <fcntl.h>

#include <utility>

#include "copytree/attributes/attributes.h"
#include "copytree/entry/file_content.h"
#include "copytree/entry/newer.h"
#include "copytree/entry/settle.h"
#include "copytree/run/dereference.h"
#include "copytree/system/descriptor.h"
#include "copytree/system/directory_reader.h"

namespace copytree {

namespace {

constexpr mode_t mode_bits = 07777;

// But for the digits that the file system of the copy does not keep.
bool has_same_time(const file_status& source, const file_status& copy) {
  const timespec wanted = source.st_mtim;
  const timespec there = copy.st_mtim;
  if (wanted.tv_sec != there.tv_sec || wanted.tv_nsec == there.tv_nsec) {
    return wanted.tv_sec == there.tv_sec;
  }
  return wanted.tv_nsec - wanted.tv_nsec % time_step(copy) == there.tv_nsec;
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

// None if it cannot be opened, or is another file by now.
descriptor open_same(context& run, at where, file_id id) {
  const auto opened =
      uninterrupted([&] { return run.fs.open(where, O_RDONLY | O_NONBLOCK | O_NOCTTY); });
  if (!opened) return {};
  descriptor file(run.fs, *opened);
  const auto status = run.fs.status(*opened);
  return status && id_of(*status) == id ? std::move(file) : descriptor();
}

// False if it cannot be done: the file is to be copied again then.
bool put_attributes_right(context& run, const leaf& entry, const file_status& source,
                          const file_status& copy) {
  if (has_same_attributes(run, source, copy)) return true;
  const descriptor from = open_same(run, entry.from(), id_of(source));
  const descriptor to = open_same(run, entry.to(), id_of(copy));
  if (!from || !to) return false;
  const copy_state state = {
      .is_new = false, .present = owner_of(copy), .mode = copy.st_mode & mode_bits};
  for (const attribute_error& error :
       set_attributes({run.fs, from.get()}, source, {run.fs, to.get()}, state, run.rules,
                      methods_for(run, entry, source))) {
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
  if (follows(run, entry)) return false;  // It may lead to a file of several names.
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
