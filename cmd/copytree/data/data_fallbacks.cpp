#include "copytree/data/data_fallbacks.h"

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace copytree {

namespace {

struct line {
  data_way way;
  std::errc reason;
  refusal meaning;
};

using enum data_way;
using enum refusal;
using std::errc;

const line lines[] = {
    // Two file systems; for ranges, on kernels before 5.3 and between types of them since 5.19.
    {clone, errc::cross_device_link, for_good},
    {range, errc::cross_device_link, for_good},
    // The file system has no such feature (ext4, tmpfs), or not between these two mounts.
    {clone, errc::not_supported, for_good},
    {range, errc::not_supported, for_good},
    // The kernel has no such call, or a container claims that to forbid it.
    {clone, errc::function_not_supported, for_good},
    {range, errc::function_not_supported, for_good},
    // No ioctl of that kind: file systems and FUSE servers that never heard of it.
    {clone, errc::inappropriate_io_control_operation, for_good},
    {range, errc::inappropriate_io_control_operation, for_good},
    // The seccomp filter of a container: it forbids the call, whatever the file.
    {clone, errc::operation_not_permitted, for_good},
    {range, errc::operation_not_permitted, for_good},
    // CIFS says it of a server that cannot copy.
    {range, errc::no_such_file_or_directory, for_good},
    // A file without checksums or copy-on-write beside one with them on btrfs, odd block sizes on
    // NFS, files of /proc on kernels before 5.19.
    {clone, errc::invalid_argument, this_file},
    {range, errc::invalid_argument, this_file},
    // The file is in use for swapping.
    {clone, errc::text_file_busy, this_file},
    {range, errc::text_file_busy, this_file},
    // Security modules judge single files.
    {clone, errc::permission_denied, this_file},
    {range, errc::permission_denied, this_file},
    // Some kernels say it near the end of a file; if the copy really grows too large, so will
    // writing.
    {range, errc::file_too_large, this_file},
    // Reading and writing tell which side is broken.
    {clone, errc::io_error, this_file},
    {range, errc::io_error, this_file},
    // A lock or a lease on the file.
    {range, errc::resource_unavailable_try_again, this_file},
    // No room for the tables of shared blocks; a copy of the data may still find some.
    {clone, errc::no_space_on_device, this_file},
    {clone, static_cast<errc>(EDQUOT), this_file},
    // No room for the data, whoever writes it.
    {range, errc::no_space_on_device, failure},
    {range, static_cast<errc>(EDQUOT), failure},
};

}  // namespace

refusal meaning_of(data_way way, std::errc reason) {
  const auto* const found = std::find_if(std::begin(lines), std::end(lines), [&](const line& one) {
    return one.way == way && one.reason == reason;
  });
  return found == std::end(lines) ? this_file : found->meaning;
}

}  // namespace copytree
