#include "copytree/attributes/attributes.h"

#include <algorithm>
#include <utility>

#include "copytree/attributes/acl.h"
#include "copytree/attributes/copy_mode.h"

namespace copytree {

namespace {

// Whether an unprivileged process may expect this when it gives a file away.
bool is_ordinary_refusal(std::errc reason) {
  return reason == std::errc::operation_not_permitted || reason == std::errc::invalid_argument;
}

class attribute_setter {
 public:
  attribute_setter(const file_handle& from, const file_status& status, const file_handle& to,
                   const copy_state& copy, const attribute_rules& rules, copy_methods& methods)
      : from_(from), status_(status), to_(to), copy_(copy), rules_(rules), methods_(methods) {}

  std::vector<attribute_error> set_all() && {
    std::optional<mode_t> mode = final_mode(status_, copy_, rules_);
    if (rules_.wanted.owner && copy_.present != owner_of(status_) && !set_owner()) {
      constexpr mode_t permissions = 0777;
      if (mode && rules_.wanted.mode) mode = *mode & permissions;
    }
    const std::optional<std::string> names = listed();
    if (names && !names->empty()) set_xattrs(*names, mode.has_value());
    if (rules_.wanted.times) {
      check(operation::set_times,
            to_.set_times({.access = status_.st_atim, .modification = status_.st_mtim}));
    }
    if (mode) set_mode(names, *mode);
    return std::move(errors_);
  }

 private:
  void check(operation what, const os_result<void>& result) {
    if (!result) add({.what = what, .reason = result.error()});
  }

  // The mode and the lists have one word for both; it is said once.
  void add(attribute_error error) {
    const auto same = [&](const attribute_error& said) { return said.what == error.what; };
    const bool once = error.what == operation::set_mode;
    if (once && std::any_of(errors_.begin(), errors_.end(), same)) return;
    errors_.push_back(std::move(error));
  }

  void append(std::vector<attribute_error> more) {
    for (attribute_error& error : more) add(std::move(error));
  }

  // The rights that somebody has in an old file are not for its new owner, nor the other way round.
  void restrict_old() {
    if (copy_.is_new || !copy_.mode || !rules_.wanted.mode) return;
    check(operation::set_mode, to_.set_mode(*copy_.mode & status_.st_mode & S_IRWXU));
  }

  // False if the file still has another owner, whether that counts as an error or not.
  bool set_owner() {
    constexpr auto unchanged = static_cast<uid_t>(-1);
    restrict_old();
    const auto changed = to_.set_owner(status_.st_uid, status_.st_gid);
    if (changed) return true;
    if (rules_.privileged || !is_ordinary_refusal(changed.error())) {
      check(operation::set_owner, changed);
    } else {
      static_cast<void>(to_.set_owner(unchanged, status_.st_gid));
    }
    return false;
  }

  // Nothing if it cannot be known.
  std::optional<std::string> listed() {
    const preserved& wanted = rules_.wanted;
    const bool lists = wanted.mode && !S_ISLNK(status_.st_mode);
    if (!lists && !wanted.xattrs && !wanted.context) return "";
    auto names = list_xattrs(from_, methods_);
    if (names) return std::move(*names);
    if (lists || !wanted.xattrs_if_possible) {
      add({.what = operation::list_attributes, .reason = names.error()});
    }
    return std::nullopt;
  }

  // An ordinary user may write only the attributes of files that he may write to: an old one, or
  // one that a default list has made read-only, becomes writable meanwhile.
  void set_xattrs(const std::string& names, bool mode_follows) {
    const bool unlock =
        !rules_.privileged && S_ISREG(status_.st_mode) &&
        (copy_.mode ? (*copy_.mode & S_IWUSR) == 0 : copy_.inherits && mode_follows);
    if (unlock) check(operation::set_mode, to_.set_mode(S_IRUSR | S_IWUSR));
    append(copy_xattrs(from_, to_, names, rules_, methods_));
    if (unlock && !mode_follows) check(operation::set_mode, to_.set_mode(*copy_.mode));
  }

  void set_mode(const std::optional<std::string>& names, mode_t mode) {
    const std::optional<access_lists> lists = read_lists(names);
    // They may have stood for others than the group.
    if (!lists) mode &= ~static_cast<mode_t>(S_IRWXG);
    if (decides_mode(rules_.wanted)) mode = set_lists(lists.value_or(access_lists{}), mode);
    check(operation::set_mode, to_.set_mode(mode));
  }

  // Nothing if they cannot be known.
  std::optional<access_lists> read_lists(const std::optional<std::string>& names) {
    if (!rules_.wanted.mode) return access_lists{};
    if (!names) return std::nullopt;
    auto read = read_access_lists(from_, *names);
    if (read) return std::move(*read);
    add(read.error());
    return std::nullopt;
  }

  // The mode that is right after it.
  mode_t set_lists(const access_lists& lists, mode_t mode) {
    // What --no-preserve=mode leaves to a new directory is the list for what is made in it.
    const bool is_directory = S_ISDIR(status_.st_mode) && rules_.wanted.mode;
    auto failed = set_access_lists(to_, lists, is_directory, copy_.inherits || !copy_.is_new);
    if (failed.empty()) return mode;
    append(std::move(failed));
    return lists.access ? mode_without(*lists.access, mode) : mode;
  }

  const file_handle& from_;
  const file_status& status_;
  const file_handle& to_;
  const copy_state& copy_;
  const attribute_rules& rules_;
  copy_methods& methods_;
  std::vector<attribute_error> errors_;
};

}  // namespace

std::vector<attribute_error> set_attributes(const file_handle& from, const file_status& status,
                                            const file_handle& to, const copy_state& copy,
                                            const attribute_rules& rules, copy_methods& methods) {
  return attribute_setter(from, status, to, copy, rules, methods).set_all();
}

}  // namespace copytree
