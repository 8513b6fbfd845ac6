#include "countips/input/reading.h"

#include <cerrno>

namespace countips {

or_errno<std::size_t> read_fully_at(source& from, std::uint64_t offset, std::span<char> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const or_errno<std::size_t> got = from.read_at(offset + done, into.subspan(done));
    if (!got && got.error() == EINTR) continue;
    if (!got && done == 0) return got;
    if (!got || *got == 0) break;
    done += *got;
  }
  return done;
}

or_errno<std::size_t> read_some(source& from, std::span<char> into, const std::atomic<bool>& stop) {
  constexpr std::chrono::milliseconds patience(100);
  while (!stop) {
    if (!from.wait_readable(patience)) continue;
    const or_errno<std::size_t> got = from.read(into);
    if (got || (got.error() != EINTR && got.error() != EAGAIN)) return got;
  }
  return par::unexpected<int>(ECANCELED);
}

}  // namespace countips
