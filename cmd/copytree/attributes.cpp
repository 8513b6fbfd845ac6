#include "copytree/attributes.h"

namespace copytree {

namespace {

// What is called to set one attribute, for either kind of target.
class open_file {
 public:
  open_file(file_system& fs, int file) : fs_(fs), file_(file) {}
  [[nodiscard]] os_result<void> set_owner(uid_t user, gid_t group) const {
    return fs_.set_owner(file_, user, group);
  }
  [[nodiscard]] os_result<void> set_times(const file_times& times) const {
    return fs_.set_times(file_, times);
  }
  [[nodiscard]] os_result<void> set_mode(mode_t mode) const { return fs_.set_mode(file_, mode); }

 private:
  file_system& fs_;
  const int file_;
};

class named_entry {
 public:
  named_entry(file_system& fs, at where) : fs_(fs), where_(where) {}
  [[nodiscard]] os_result<void> set_owner(uid_t user, gid_t group) const {
    return fs_.set_owner_at(where_, user, group);
  }
  [[nodiscard]] os_result<void> set_times(const file_times& times) const {
    return fs_.set_times_at(where_, times);
  }
  [[nodiscard]] os_result<void> set_mode(mode_t mode) const {
    return fs_.set_mode_at(where_, mode);
  }

 private:
  file_system& fs_;
  const at where_;
};

// Whether an unprivileged process may expect this when it gives a file away.
bool is_ordinary_refusal(std::errc reason) {
  return reason == std::errc::operation_not_permitted || reason == std::errc::invalid_argument;
}

template <class Target>
std::vector<attribute_error> set_all(const Target& target, const file_status& from,
                                     std::optional<owner> present, bool privileged) {
  constexpr mode_t permissions = 0777;
  constexpr mode_t all_bits = 07777;
  constexpr auto unchanged = static_cast<uid_t>(-1);
  std::vector<attribute_error> errors;
  mode_t mode = from.st_mode & all_bits;
  const auto check = [&](operation what, const os_result<void>& result) {
    if (!result) errors.push_back({.what = what, .reason = result.error()});
  };

  if (present != owner_of(from)) {
    const auto changed = target.set_owner(from.st_uid, from.st_gid);
    if (!changed) {
      mode &= permissions;
      if (privileged || !is_ordinary_refusal(changed.error())) {
        check(operation::set_owner, changed);
      } else {
        static_cast<void>(target.set_owner(unchanged, from.st_gid));
      }
    }
  }
  check(operation::set_times,
        target.set_times({.access = from.st_atim, .modification = from.st_mtim}));
  if (!S_ISLNK(from.st_mode)) check(operation::set_mode, target.set_mode(mode));
  return errors;
}

}  // namespace

std::vector<attribute_error> set_attributes(file_system& fs, int file, const file_status& from,
                                            std::optional<owner> present, bool privileged) {
  return set_all(open_file(fs, file), from, present, privileged);
}

std::vector<attribute_error> set_attributes(file_system& fs, at where, const file_status& from,
                                            bool privileged) {
  return set_all(named_entry(fs, where), from, std::nullopt, privileged);
}

}  // namespace copytree
