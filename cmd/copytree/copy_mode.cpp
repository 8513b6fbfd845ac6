#include "copytree/copy_mode.h"

namespace copytree {

namespace {

constexpr mode_t permissions = 0777;
constexpr mode_t all_bits = 07777;

// What a mode that is not preserved keeps of the source's: as mkdir, open and mknod would take it.
mode_t wished(const file_status& source) {
  if (S_ISDIR(source.st_mode)) return source.st_mode & (permissions | S_ISVTX);
  return source.st_mode & (S_ISREG(source.st_mode) ? permissions : all_bits);
}

// Of --no-preserve=mode. A directory keeps its sticky bit even then: GNU cp makes it with it.
mode_t by_default(const file_status& source) {
  constexpr mode_t readable = 0666;
  if (S_ISDIR(source.st_mode)) return permissions | (source.st_mode & S_ISVTX);
  return S_ISSOCK(source.st_mode) ? permissions : readable;
}

}  // namespace

mode_t mode_to_make(const file_status& source, bool inherits, const attribute_rules& rules) {
  constexpr mode_t by_others = S_IWGRP | S_IWOTH;
  const bool is_directory = S_ISDIR(source.st_mode);
  if (!inherits || decides_mode(rules.wanted)) return is_directory ? S_IRWXU : S_IRUSR | S_IWUSR;
  // Only of directories GNU cp minds the umask here.
  return is_directory ? wished(source) & ~(by_others & rules.umask) : wished(source);
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
    // It may have been opened to its owner meanwhile.
    return S_ISDIR(source.st_mode) ? copy.mode : std::nullopt;
  }
  return (wished(source) & ~rules.umask) | inherited;
}

}  // namespace copytree
