#include "copytree/data/durability.h"

#include <fcntl.h>
#include <linux/magic.h>

#include <algorithm>
#include <array>
#include <utility>

#include "par/locks/lock_guard.h"

namespace copytree {

namespace {

bool reports_all_errors(file_system& fs, int directory) {
  constexpr std::int64_t xfs = 0x58465342;  // Not in <linux/magic.h> of Debian 12.
  constexpr std::array<std::int64_t, 5> trusted = {EXT4_SUPER_MAGIC, xfs, BTRFS_SUPER_MAGIC,
                                                   F2FS_SUPER_MAGIC, TMPFS_MAGIC};
  const auto type = fs.file_system_type(directory);
  return type && std::find(trusted.begin(), trusted.end(), *type) != trusted.end() &&
         fs.kernel_is_at_least(5, 8);
}

}  // namespace

durability::durability(const options& how)
    : sync_(how.sync),
      each_first_(how.sync && how.atomic),
      active_((how.sync || how.verify) && !how.dry_run) {}

const durability::known_system* durability::find(dev_t device) {
  const par::lock_guard lock(guard_);
  const auto found = systems_.find(device);
  return found == systems_.end() ? nullptr : &found->second;
}

bool durability::wants(dev_t device) {
  return active_ && find(device) == nullptr;
}

void durability::note(file_system& fs, int directory, dev_t device, const std::string& path) {
  if (!wants(device)) return;
  known_system seen{.root = {}, .path = path.empty() ? "." : path, .opened = {}};
  const auto opened =
      uninterrupted([&] { return fs.open({directory, "."}, O_RDONLY | O_DIRECTORY); });
  if (opened) seen.root = descriptor(fs, *opened);
  if (!opened) seen.opened = par::unexpected<std::errc>(opened.error());
  seen.at_once = opened && reports_all_errors(fs, *opened);
  const par::lock_guard lock(guard_);
  systems_.try_emplace(device, std::move(seen));
}

bool durability::syncs_each(dev_t device) {
  if (!sync_) return false;
  const known_system* const known = find(device);
  return each_first_ || known == nullptr || !known->at_once;
}

os_result<void> durability::flush(file_system& fs, dev_t device, const std::vector<int>& files) {
  const known_system* const known = find(device);
  if (known != nullptr && known->at_once) return fs.sync_file_system(known->root.get());
  for (const int file : files) {
    if (auto synced = fs.sync(file); !synced) return synced;
  }
  return {};
}

std::vector<const durability::known_system*> durability::all(std::optional<dev_t> except) {
  const par::lock_guard lock(guard_);
  std::vector<const known_system*> found;
  for (const auto& [device, known] : systems_) {
    if (device != except) found.push_back(&known);
  }
  return found;
}

std::vector<error> durability::finish(file_system& fs, std::optional<dev_t> except) {
  std::vector<error> errors;
  const auto check = [&](const os_result<void>& synced, const std::string& path) {
    if (!synced) errors.push_back({operation::sync, synced.error(), "", path});
  };
  for (const known_system* known : all(except)) {
    check(known->opened, known->path);
    if (!known->root) continue;
    // The target of the copy is nobody's child: only here its own entries are put on disk.
    if (!known->at_once) check(fs.sync(known->root.get()), known->path);
    check(fs.sync_file_system(known->root.get()), known->path);
  }
  return errors;
}

}  // namespace copytree
