// The sum of a file's content, read from its beginning.
#pragma once

#include <atomic>
#include <cstdint>

#include "copytree/model/checksum.h"
#include "copytree/system/fs.h"

namespace copytree {

// Of at most `limit` bytes. operation_canceled when `stop` becomes true.
os_result<checksum> read_sum(file_system& fs, int file, std::uint64_t limit,
                             const std::atomic<bool>& stop);

}  // namespace copytree
