// A file system whose calls fail on demand.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <system_error>

#include "copytree/system/fs.h"
#include "par/base/thread_safety.h"
#include "par/locks/mutex.h"

namespace copytree {

enum class call {
  open,
  open_on_mount,
  close,
  status,
  status_at,
  status_following,
  open_following,
  may_write,
  read_link,
  read_entries,
  read,
  write,
  copy_range,
  clone,
  seek,
  truncate,
  make_directory,
  make_symlink,
  make_node,
  make_link,
  make_link_following,
  remove,
  remove_directory,
  rename,
  rename_new,
  set_owner,
  set_owner_at,
  set_mode,
  set_mode_at,
  set_times,
  set_times_at,
  list_attributes,
  list_attributes_at,
  get_attribute,
  get_attribute_at,
  set_attribute,
  set_attribute_at,
  remove_attribute,
  remove_attribute_at,
  sync,
  sync_file_system,
  forget_cached,
  open_unnamed,
  name_file,
  lock,
  count_of_calls,
};

// Asks `decide` before each call what it is to fail with; an errc of 0 lets it through. Counts the
// calls. `name` is that of the entry, or of the attribute; null where the call has neither.
// Thread-safe; one decision is made at a time, so that it may remember.
class faulty_fs : public file_system {
 public:
  using decision = std::function<std::errc(call what, const char* name)>;

  explicit faulty_fs(decision decide) : decide_(std::move(decide)) {}

  [[nodiscard]] int calls(call what) const { return counts_[index(what)]; }

  os_result<int> open(at where, int flags, mode_t mode = 0) override;
  os_result<int> open_following(at where, int flags, mode_t mode = 0) override;
  os_result<int> open_on_mount(at where, int flags) override;
  os_result<void> close(int file) override;
  os_result<file_status> status(int file) override;
  os_result<file_status> status_at(at where) override;
  os_result<file_status> status_following(at where) override;
  os_result<void> may_write(at where) override;
  os_result<std::string> read_link(at where, std::size_t size_hint) override;
  os_result<std::size_t> read_entries(int directory, std::span<std::byte> buffer) override;
  os_result<std::size_t> read(int file, std::span<std::byte> buffer) override;
  os_result<std::size_t> write(int file, std::span<const std::byte> data) override;
  os_result<std::size_t> copy_range(int from, int to, std::size_t length) override;
  os_result<void> clone(int from, int to) override;
  os_result<std::uint64_t> seek(int file, std::uint64_t offset, int whence) override;
  os_result<void> truncate(int file, std::uint64_t size) override;
  os_result<void> make_directory(at where, mode_t mode) override;
  os_result<void> make_symlink(const std::string& target, at where) override;
  os_result<void> make_node(at where, mode_t type_and_mode, dev_t device) override;
  os_result<void> make_link(at existing, at where) override;
  os_result<void> make_link_following(at existing, at where) override;
  os_result<void> remove(at where) override;
  os_result<void> remove_directory(at where) override;
  os_result<void> rename(at from, const char* to) override;
  os_result<void> rename_new(at from, const char* to) override;
  os_result<void> set_owner(int file, uid_t user, gid_t group) override;
  os_result<void> set_owner_at(at where, uid_t user, gid_t group) override;
  os_result<void> set_mode(int file, mode_t mode) override;
  os_result<void> set_mode_at(at where, mode_t mode) override;
  os_result<void> set_times(int file, const file_times& times) override;
  os_result<void> set_times_at(at where, const file_times& times) override;
  os_result<std::size_t> list_attributes(int file, std::span<char> names) override;
  os_result<std::size_t> list_attributes_at(at where, std::span<char> names) override;
  os_result<std::size_t> get_attribute(int file, const char* name, std::span<char> value) override;
  os_result<std::size_t> get_attribute_at(at where, const char* name,
                                          std::span<char> value) override;
  os_result<void> set_attribute(int file, const char* name, std::string_view value) override;
  os_result<void> set_attribute_at(at where, const char* name, std::string_view value) override;
  os_result<void> remove_attribute(int file, const char* name) override;
  os_result<void> remove_attribute_at(at where, const char* name) override;
  os_result<void> sync(int file) override;
  os_result<void> sync_file_system(int file) override;
  os_result<void> forget_cached(int file) override;
  os_result<int> open_unnamed(int directory, int flags, mode_t mode) override;
  os_result<void> name_file(int file, at where) override;
  os_result<void> lock(int file) override;

 private:
  static std::size_t index(call what) { return static_cast<std::size_t>(what); }

  // What the call is to fail with, if it is.
  std::errc ask(call what, const char* name = nullptr);

  par::mutex guard_;
  const decision decide_ PAR_GUARDED_BY(guard_);
  std::array<std::atomic<int>, static_cast<std::size_t>(call::count_of_calls)> counts_{};
};

}  // namespace copytree
