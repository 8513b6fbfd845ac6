#include "copytree/attributes/copy_mode.h"

namespace copytree {

namespace {

constexpr mode_t permissions = 0777;
constexpr mode_t all_bits = 07777;
constexpr mode_t by_others = S_IWGRP | S_IWOTH;  // Not before a directory is complete.

// What a mode that is not preserved keeps of the source's: as mkdir, open and mknod would take it.
mode_t wished(const file_status& source) {
  if (S_ISDIR(source.st_mode)) return source.st_mode & (permissions | S_ISVTX);
  return source.st_mode & (S_ISREG(source.st_mode) ? permissions : all_bits);
}

// Of --no-preserve=mode. What else GNU cp makes an entry with stays: the sticky bit of directories,
// and all such bits of special files.
mode_t by_default(const file_status& source) {
  constexpr mode_t readable = 0666;
  const mode_t others = wished(source) & ~permissions;
  if (S_ISDIR(source.st_mode) || S_ISSOCK(source.st_mode)) return permissions | others;
  return readable | others;
}

}  // namespace

mode_t mode_to_make(const file_status& source, bool inherits, const attribute_rules& rules) {
  const bool is_directory = S_ISDIR(source.st_mode);
  if (!inherits || decides_mode(rules.wanted)) return is_directory ? S_IRWXU : S_IRUSR | S_IWUSR;
  return is_directory ? wished(source) & ~by_others : wished(source);
}

std::optional<mode_t> final_mode(const file_status& source, const copy_state& copy,
                                 const attribute_rules& rules) {
  if (S_ISLNK(source.st_mode)) return std::nullopt;
  if (rules.wanted.mode) return source.st_mode & all_bits;
  if (!copy.is_new) return std::nullopt;
  // A directory made in one with this bit has got it too.
  const mode_t inherited = S_ISDIR(source.st_mode) ? copy.mode.value_or(0) & S_ISGID : 0;
  if (rules.wanted.default_mode) return (by_default(source) & ~rules.umask) | inherited;
  if (copy.inherits) {
    if (!S_ISDIR(source.st_mode)) return std::nullopt;
    return copy.mode.value_or(0) | (wished(source) & by_others & ~rules.umask);
  }
  return (wished(source) & ~rules.umask) | inherited;
}

}  // namespace copytree
