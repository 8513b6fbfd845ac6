#include "copytree/attributes/xattrs.h"

#include <linux/limits.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <string_view>

namespace copytree {

namespace {

constexpr std::string_view context_name = "security.selinux";

// The kernel allocates as much as it is offered, and most lists and values are short.
template <class Read>
os_result<std::string> read_whole(Read read, std::size_t most) {
  std::array<char, 1024> buffer;
  auto size = read(std::span<char>(buffer));
  if (size) return std::string(buffer.data(), *size);
  if (size.error() != std::errc::result_out_of_range) return par::unexpected(size.error());
  std::string large(most, '\0');
  size = read(std::span<char>(large));
  if (!size) return par::unexpected(size.error());
  large.resize(*size);
  return large;
}

// State of one file system, which would be wrong or refused in another; as /etc/xattr.conf has it.
// Access control lists go with the mode, and are not copied here.
bool is_left_out(std::string_view name) {
  constexpr std::array<std::string_view, 6> prefixes = {
      "system.",  // Lists of access rights, and what file systems tell about themselves.
      "trusted.SGI_", "xfsroot.", "afs.", "user.Beagle.",
      "security.evm",  // A signature over the inode's number; only the kernel writes it.
  };
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool is_wanted(std::string_view name, const preserved& wanted) {
  if (is_left_out(name)) return false;
  return name == context_name ? wanted.context : wanted.xattrs;
}

bool is_unsupported(std::errc reason) {
  return reason == std::errc::not_supported || reason == std::errc::function_not_supported;
}

bool is_prohibited(std::errc reason) {
  return reason == std::errc::operation_not_permitted || reason == std::errc::permission_denied;
}

// Whether a failure to set it may pass in silence.
bool is_excused(std::string_view name, std::errc reason, const attribute_rules& rules) {
  if (name == context_name) {
    // A policy that does not know the label, or keeps it from being given, is no fault of the copy.
    return !rules.wanted.context_needed &&
           (is_unsupported(reason) || is_prohibited(reason) ||
            reason == std::errc::invalid_argument || rules.wanted.xattrs_if_possible);
  }
  if (rules.wanted.xattrs_needed) return false;
  if (rules.wanted.xattrs_if_possible || is_unsupported(reason)) return true;
  return !rules.privileged && is_prohibited(reason) && !name.starts_with("user.");
}

// Where it is remembered that the destination has no attributes of that kind; null if nowhere.
std::atomic<bool>* memory_of(std::string_view name, copy_methods& methods) {
  if (name.starts_with("user.")) return &methods.no_user_attributes;
  if (name.starts_with("trusted.")) return &methods.no_trusted_attributes;
  return nullptr;
}

// One attribute's way. `reason` 0: it is there now, or has gone from the source.
attribute_error copy_one(const file_handle& from, const file_handle& to, const char* name,
                         copy_methods& methods) {
  std::atomic<bool>* const refused = memory_of(name, methods);
  if (refused != nullptr && refused->load(std::memory_order_relaxed)) {
    return {.what = operation::set_attributes, .reason = std::errc::not_supported};
  }
  const auto value = get_xattr(from, name);
  if (!value && value.error() == std::errc::no_message_available) return {};  // ENODATA
  if (!value) return {.what = operation::get_attribute, .reason = value.error(), .name = name};
  const auto set = to.set(name, *value);
  if (set) return {};
  if (!is_unsupported(set.error())) {
    return {.what = operation::set_attribute, .reason = set.error(), .name = name};
  }
  if (refused != nullptr && to.is_open()) refused->store(true, std::memory_order_relaxed);
  return {.what = operation::set_attributes, .reason = set.error()};
}

}  // namespace

os_result<std::string> list_xattrs(const file_handle& from, copy_methods& methods) {
  if (methods.no_attributes.load(std::memory_order_relaxed)) return {};
  auto names =
      read_whole([&](std::span<char> buffer) { return from.list(buffer); }, XATTR_LIST_MAX);
  if (names || !is_unsupported(names.error())) return names;
  // Of a link or a special file it says nothing about others.
  if (from.is_open()) methods.no_attributes.store(true, std::memory_order_relaxed);
  return {};
}

os_result<std::string> get_xattr(const file_handle& from, const char* name) {
  return read_whole([&](std::span<char> buffer) { return from.get(name, buffer); }, XATTR_SIZE_MAX);
}

std::vector<attribute_error> copy_xattrs(const file_handle& from, const file_handle& to,
                                         const std::string& names, const attribute_rules& rules,
                                         copy_methods& methods) {
  std::vector<attribute_error> errors;
  for (const char* name = names.c_str(); name < names.c_str() + names.size();
       name += std::string_view(name).size() + 1) {
    if (!is_wanted(name, rules.wanted)) continue;
    attribute_error failure = copy_one(from, to, name, methods);
    if (failure.reason == std::errc{} || is_excused(name, failure.reason, rules)) continue;
    const bool said = failure.what == operation::set_attributes && !errors.empty() &&
                      errors.back().what == operation::set_attributes;
    if (!said) errors.push_back(std::move(failure));
  }
  return errors;
}

}  // namespace copytree
