#include "cmd/copytree/faulty_fs.h"

#include "par/locks/lock_guard.h"

namespace copytree {

namespace {

// The call itself, unless it is to fail.
template <class Real>
auto unless(std::errc failure, Real real) -> decltype(real()) {
  if (failure != std::errc{}) return par::unexpected<std::errc>(failure);
  return real();
}

}  // namespace

std::errc faulty_fs::ask(call what, const char* name) {
  ++counts_[index(what)];
  const par::lock_guard lock(guard_);
  return decide_(what, name);
}

os_result<int> faulty_fs::open(at where, int flags, mode_t mode) {
  return unless(ask(call::open, where.name), [&] { return file_system::open(where, flags, mode); });
}

os_result<int> faulty_fs::open_following(at where, int flags, mode_t mode) {
  return unless(ask(call::open_following, where.name),
                [&] { return file_system::open_following(where, flags, mode); });
}

os_result<int> faulty_fs::open_on_mount(at where, int flags) {
  return unless(ask(call::open_on_mount, where.name),
                [&] { return file_system::open_on_mount(where, flags); });
}

// The descriptor is closed even if the call fails, as by Linux.
os_result<void> faulty_fs::close(int file) {
  const auto closed = file_system::close(file);
  return unless(ask(call::close), [&] { return closed; });
}

os_result<file_status> faulty_fs::status(int file) {
  return unless(ask(call::status), [&] { return file_system::status(file); });
}

os_result<file_status> faulty_fs::status_at(at where) {
  return unless(ask(call::status_at, where.name), [&] { return file_system::status_at(where); });
}

os_result<file_status> faulty_fs::status_following(at where) {
  return unless(ask(call::status_following, where.name),
                [&] { return file_system::status_following(where); });
}

os_result<void> faulty_fs::may_write(at where) {
  return unless(ask(call::may_write, where.name), [&] { return file_system::may_write(where); });
}

os_result<std::string> faulty_fs::read_link(at where, std::size_t size_hint) {
  return unless(ask(call::read_link, where.name),
                [&] { return file_system::read_link(where, size_hint); });
}

os_result<std::size_t> faulty_fs::read_entries(int directory, std::span<std::byte> buffer) {
  return unless(ask(call::read_entries),
                [&] { return file_system::read_entries(directory, buffer); });
}

os_result<std::size_t> faulty_fs::read(int file, std::span<std::byte> buffer) {
  return unless(ask(call::read), [&] { return file_system::read(file, buffer); });
}

os_result<std::size_t> faulty_fs::write(int file, std::span<const std::byte> data) {
  return unless(ask(call::write), [&] { return file_system::write(file, data); });
}

os_result<std::size_t> faulty_fs::copy_range(int from, int to, std::size_t length) {
  return unless(ask(call::copy_range), [&] { return file_system::copy_range(from, to, length); });
}

os_result<void> faulty_fs::clone(int from, int to) {
  return unless(ask(call::clone), [&] { return file_system::clone(from, to); });
}

os_result<std::uint64_t> faulty_fs::seek(int file, std::uint64_t offset, int whence) {
  return unless(ask(call::seek), [&] { return file_system::seek(file, offset, whence); });
}

os_result<void> faulty_fs::truncate(int file, std::uint64_t size) {
  return unless(ask(call::truncate), [&] { return file_system::truncate(file, size); });
}

os_result<void> faulty_fs::make_directory(at where, mode_t mode) {
  return unless(ask(call::make_directory, where.name),
                [&] { return file_system::make_directory(where, mode); });
}

os_result<void> faulty_fs::make_symlink(const std::string& target, at where) {
  return unless(ask(call::make_symlink, where.name),
                [&] { return file_system::make_symlink(target, where); });
}

os_result<void> faulty_fs::make_node(at where, mode_t type_and_mode, dev_t device) {
  return unless(ask(call::make_node, where.name),
                [&] { return file_system::make_node(where, type_and_mode, device); });
}

os_result<void> faulty_fs::make_link(at existing, at where) {
  return unless(ask(call::make_link, where.name),
                [&] { return file_system::make_link(existing, where); });
}

os_result<void> faulty_fs::make_link_following(at existing, at where) {
  return unless(ask(call::make_link_following, where.name),
                [&] { return file_system::make_link_following(existing, where); });
}

os_result<void> faulty_fs::remove(at where) {
  return unless(ask(call::remove, where.name), [&] { return file_system::remove(where); });
}

os_result<void> faulty_fs::rename_new(at from, const char* to) {
  return unless(ask(call::rename_new, to), [&] { return file_system::rename_new(from, to); });
}

os_result<void> faulty_fs::remove_directory(at where) {
  return unless(ask(call::remove_directory, where.name),
                [&] { return file_system::remove_directory(where); });
}

os_result<void> faulty_fs::rename(at from, const char* to) {
  return unless(ask(call::rename, to), [&] { return file_system::rename(from, to); });
}

os_result<void> faulty_fs::set_owner(int file, uid_t user, gid_t group) {
  return unless(ask(call::set_owner), [&] { return file_system::set_owner(file, user, group); });
}

os_result<void> faulty_fs::set_owner_at(at where, uid_t user, gid_t group) {
  return unless(ask(call::set_owner_at, where.name),
                [&] { return file_system::set_owner_at(where, user, group); });
}

os_result<void> faulty_fs::set_mode(int file, mode_t mode) {
  return unless(ask(call::set_mode), [&] { return file_system::set_mode(file, mode); });
}

os_result<void> faulty_fs::set_mode_at(at where, mode_t mode) {
  return unless(ask(call::set_mode_at, where.name),
                [&] { return file_system::set_mode_at(where, mode); });
}

os_result<void> faulty_fs::set_times(int file, const file_times& times) {
  return unless(ask(call::set_times), [&] { return file_system::set_times(file, times); });
}

os_result<void> faulty_fs::set_times_at(at where, const file_times& times) {
  return unless(ask(call::set_times_at, where.name),
                [&] { return file_system::set_times_at(where, times); });
}

os_result<std::size_t> faulty_fs::list_attributes(int file, std::span<char> names) {
  return unless(ask(call::list_attributes),
                [&] { return file_system::list_attributes(file, names); });
}

os_result<std::size_t> faulty_fs::list_attributes_at(at where, std::span<char> names) {
  return unless(ask(call::list_attributes_at, where.name),
                [&] { return file_system::list_attributes_at(where, names); });
}

os_result<std::size_t> faulty_fs::get_attribute(int file, const char* name, std::span<char> value) {
  return unless(ask(call::get_attribute, name),
                [&] { return file_system::get_attribute(file, name, value); });
}

os_result<std::size_t> faulty_fs::get_attribute_at(at where, const char* name,
                                                   std::span<char> value) {
  return unless(ask(call::get_attribute_at, name),
                [&] { return file_system::get_attribute_at(where, name, value); });
}

os_result<void> faulty_fs::set_attribute(int file, const char* name, std::string_view value) {
  return unless(ask(call::set_attribute, name),
                [&] { return file_system::set_attribute(file, name, value); });
}

os_result<void> faulty_fs::set_attribute_at(at where, const char* name, std::string_view value) {
  return unless(ask(call::set_attribute_at, name),
                [&] { return file_system::set_attribute_at(where, name, value); });
}

os_result<void> faulty_fs::remove_attribute(int file, const char* name) {
  return unless(ask(call::remove_attribute, name),
                [&] { return file_system::remove_attribute(file, name); });
}

os_result<void> faulty_fs::remove_attribute_at(at where, const char* name) {
  return unless(ask(call::remove_attribute_at, name),
                [&] { return file_system::remove_attribute_at(where, name); });
}

os_result<void> faulty_fs::sync(int file) {
  return unless(ask(call::sync), [&] { return file_system::sync(file); });
}

os_result<void> faulty_fs::sync_file_system(int file) {
  return unless(ask(call::sync_file_system), [&] { return file_system::sync_file_system(file); });
}

os_result<void> faulty_fs::forget_cached(int file) {
  return unless(ask(call::forget_cached), [&] { return file_system::forget_cached(file); });
}

os_result<int> faulty_fs::open_unnamed(int directory, int flags, mode_t mode) {
  return unless(ask(call::open_unnamed),
                [&] { return file_system::open_unnamed(directory, flags, mode); });
}

os_result<void> faulty_fs::name_file(int file, at where) {
  return unless(ask(call::name_file, where.name),
                [&] { return file_system::name_file(file, where); });
}

os_result<void> faulty_fs::lock(int file) {
  return unless(ask(call::lock), [&] { return file_system::lock(file); });
}

}  // namespace copytree
