#include "copytree/data/read_sum.h"

#include <unistd.h>

#include <algorithm>

#include "copytree/data/data_mover.h"

namespace copytree {

os_result<checksum> read_sum(file_system& fs, int file, std::uint64_t limit,
                             const std::atomic<bool>& stop) {
  if (const auto at_start = fs.seek(file, 0, SEEK_SET); !at_start) {
    return par::unexpected<std::errc>(at_start.error());
  }
  const std::span<std::byte> buffer = thread_buffer();
  checksummer sum;
  for (std::uint64_t left = limit; left > 0;) {
    if (stop.load(std::memory_order_relaxed)) {
      return par::unexpected<std::errc>(std::errc::operation_canceled);
    }
    const std::span<std::byte> part =
        buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left)));
    const auto got = uninterrupted([&] { return fs.read(file, part); });
    if (!got) return par::unexpected<std::errc>(got.error());
    if (*got == 0) break;
    sum.add(part.first(*got));
    left -= *got;
  }
  return sum.result();
}

}  // namespace copytree
