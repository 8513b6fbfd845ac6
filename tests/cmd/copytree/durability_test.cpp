// Copies that are on disk when they end.
#include "copytree/data/durability.h"

#include <gmock/gmock.h>
#include <linux/magic.h>

#include <string>

#include "cmd/copytree/copying.h"
#include "cmd/copytree/faulty_fs.h"

namespace copytree {
namespace {

using support::dir;
using support::file;
using support::symlink;
using testing::IsEmpty;

const support::tree sample = {file("f", "x"), dir("d"), file("d/g", "y"), symlink("l", "f")};
constexpr int files_and_directories = 4;  // With the root.

// On some file system under some kernel.
class fs_of_type final : public faulty_fs {
 public:
  fs_of_type(std::int64_t type, bool new_kernel, decision decide)
      : faulty_fs(std::move(decide)), type_(type), new_kernel_(new_kernel) {}
  os_result<std::int64_t> file_system_type(int) override { return type_; }
  bool kernel_is_at_least(int, int) override { return new_kernel_; }

 private:
  const std::int64_t type_;
  const bool new_kernel_;
};

faulty_fs::decision no_fault() {
  return [](call, const char*) { return std::errc{}; };
}

struct durable_case {
  const char* name;
  std::int64_t type;
  bool new_kernel;
  bool atomic;
  bool one_by_one;
};

const durable_case cases[] = {
    {"ext4", EXT4_SUPER_MAGIC, true, false, false},
    {"ext4 on an old kernel", EXT4_SUPER_MAGIC, false, false, true},
    {"ext4, files must be there before their names", EXT4_SUPER_MAGIC, true, true, true},
    {"XFS", 0x58465342, true, false, false},
    {"Btrfs", BTRFS_SUPER_MAGIC, true, false, false},
    {"NFS", NFS_SUPER_MAGIC, true, false, true},
    {"FUSE", 0x65735546, true, false, true},
    {"overlay", OVERLAYFS_SUPER_MAGIC, true, false, true},
};

TEST(durable_copy, syncs_at_once_where_that_is_safe_and_else_one_by_one) {
  for (const durable_case& c : cases) {
    SCOPED_TRACE(c.name);
    const playground ground(sample);
    fs_of_type fs(c.type, c.new_kernel, no_fault());
    options how;
    how.sync = true;
    how.atomic = c.atomic;
    EXPECT_THAT(copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = how}).errors,
                IsEmpty());
    const bool trusted = c.new_kernel && c.type != NFS_SUPER_MAGIC && c.type != 0x65735546 &&
                         c.type != OVERLAYFS_SUPER_MAGIC;
    const int target = trusted ? 0 : 1;
    EXPECT_EQ(fs.calls(call::sync), (c.one_by_one ? files_and_directories : 0) + target);
    EXPECT_EQ(fs.calls(call::sync_file_system), 1);
  }
}

TEST(durable_copy, is_only_made_if_asked_for) {
  const playground ground(sample);
  faulty_fs fs(no_fault());
  EXPECT_THAT(copy_now({ground.source()}, ground.copy(), {.fs = &fs}).errors, IsEmpty());
  EXPECT_EQ(fs.calls(call::sync) + fs.calls(call::sync_file_system), 0);
}

// In a dry run and after a stop there is nothing to be sure of.
TEST(durable_copy, syncs_nothing_that_was_not_made) {
  const playground ground(sample);
  faulty_fs fs(no_fault());
  options how;
  how.sync = how.dry_run = true;
  EXPECT_THAT(copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = how}).errors,
              IsEmpty());
  EXPECT_EQ(fs.calls(call::sync) + fs.calls(call::sync_file_system), 0);
}

TEST(durable_copy, removes_a_file_that_cannot_be_put_on_disk) {
  const playground ground({file("f", "x"), file("g", "y")});
  std::atomic<bool> done{false};
  fs_of_type fs(NFS_SUPER_MAGIC, true, [&](call what, const char*) {
    return what == call::sync && !done.exchange(true) ? std::errc::io_error : std::errc{};
  });
  options how;
  how.sync = true;
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = how});
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].what, operation::sync);
  EXPECT_EQ(names_below(ground.copy()).size(), 1u);
  EXPECT_FALSE(exists(result.errors[0].destination));
}

// A device is synced too, and what cannot be synced is none the worse for it.
TEST(durable_copy, syncs_a_device_that_is_written_into) {
  const playground ground({file("f", "x")});
  options how;
  how.sync = true;
  for (const std::errc reason : {std::errc{}, std::errc::io_error, std::errc::invalid_argument}) {
    faulty_fs fs([&](call what, const char*) { return what == call::sync ? reason : std::errc{}; });
    const copy_result result =
        copy_now({ground.source() + "/f"}, "/dev/null", {.fs = &fs, .how = how});
    EXPECT_EQ(operations(result.errors), reason == std::errc::io_error
                                             ? std::vector{operation::sync}
                                             : std::vector<operation>{});
  }
}

TEST(durable_copy, reports_a_directory_that_cannot_be_put_on_disk) {
  const playground ground;
  std::atomic<bool> done{false};
  fs_of_type fs(NFS_SUPER_MAGIC, true, [&](call what, const char*) {
    return what == call::sync && !done.exchange(true) ? std::errc::io_error : std::errc{};
  });
  options how;
  how.sync = true;
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = how});
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].what, operation::sync);
  EXPECT_EQ(result.errors[0].destination, ground.copy());
}

TEST(durable_copy, reports_a_file_system_that_cannot_be_put_on_disk) {
  const playground ground(sample);
  faulty_fs fs([](call what, const char*) {
    return what == call::sync_file_system ? std::errc::no_space_on_device : std::errc{};
  });
  options how;
  how.sync = true;
  const copy_result result = copy_now({ground.source()}, ground.copy(), {.fs = &fs, .how = how});
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_EQ(result.errors[0].what, operation::sync);
  EXPECT_EQ(result.errors[0].reason, std::errc::no_space_on_device);
}

}  // namespace
}  // namespace copytree
