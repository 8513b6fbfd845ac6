#include "copytree/copy_data.h"

#include <unistd.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <span>

namespace copytree {

namespace {

using amount = par::expected<std::uint64_t, data_error>;

constexpr std::size_t buffer_size = 256 * 1024;
constexpr std::size_t range_size = 8 * 1024 * 1024;  // How often a long copy looks at `stop`.
constexpr std::uint64_t everything = std::numeric_limits<std::uint64_t>::max();

par::unexpected<data_error> failure(operation what, std::errc reason) {
  return par::unexpected<data_error>({.what = what, .reason = reason});
}

// One per thread: a task of its own would fault its pages in each time.
std::span<std::byte> thread_buffer() {
  thread_local const std::unique_ptr<std::byte[]> buffer(new std::byte[buffer_size]);
  return {buffer.get(), buffer_size};
}

// The file systems will not do it, now or later; anything else may concern this file alone.
bool is_refusal(std::errc reason) {
  switch (reason) {
    case std::errc::cross_device_link:                   // Two file systems, on kernels before 5.3.
    case std::errc::not_supported:                       // No such feature here.
    case std::errc::function_not_supported:              // No such call in this kernel.
    case std::errc::inappropriate_io_control_operation:  // No ioctl of that kind.
    case std::errc::invalid_argument:                    // How some file systems say the same.
    case std::errc::operation_not_permitted:             // A seccomp filter of a container.
      return true;
    default:
      return false;
  }
}

class data_copy {
 public:
  data_copy(file_system& fs, int from, int to, const file_status& status, copy_methods& methods,
            file_progress& progress, const std::atomic<bool>& stop)
      : fs_(fs),
        from_(from),
        to_(to),
        size_(static_cast<std::uint64_t>(status.st_size)),
        methods_(methods),
        progress_(progress),
        stop_(stop) {}

  bool clone();
  amount whole();
  amount dense(std::uint64_t limit);  // From the current positions.
  std::optional<amount> sparse();     // Nothing if the file system cannot tell the holes.

 private:
  std::uint64_t by_range(std::uint64_t limit);
  amount by_buffer(std::uint64_t limit, std::uint64_t expected);
  amount data_at(std::uint64_t begin, std::uint64_t length);
  std::optional<data_error> write_all(std::span<const std::byte> data);

  [[nodiscard]] bool stopped() const { return stop_.load(std::memory_order_relaxed); }

  file_system& fs_;
  const int from_;
  const int to_;
  const std::uint64_t size_;
  copy_methods& methods_;
  file_progress& progress_;
  const std::atomic<bool>& stop_;
};

bool data_copy::clone() {
  if (size_ == 0 || methods_.clone_refused.load(std::memory_order_relaxed)) return false;
  const auto cloned = uninterrupted([&] { return fs_.clone(from_, to_); });
  if (cloned) return true;
  if (is_refusal(cloned.error())) methods_.clone_refused.store(true, std::memory_order_relaxed);
  return false;
}

// A file may grow as fast as it is copied, and is followed only so far. One whose size the file
// system does not tell, as in /proc, is followed to its end.
amount data_copy::whole() {
  const std::uint64_t enough = 2 * size_ + 4 * buffer_size;
  const amount copied = dense(enough);
  if (!copied || *copied < enough) return copied;
  const auto now = fs_.status(from_);
  if (!now || static_cast<std::uint64_t>(now->st_size) > size_) return copied;
  const amount rest = dense(everything);
  if (!rest) return rest;
  return enough + *rest;
}

amount data_copy::dense(std::uint64_t limit) {
  const std::uint64_t expected = std::min(size_, limit);
  const std::uint64_t ranged = expected < long_file ? 0 : by_range(limit);
  if (ranged == limit) return ranged;
  // Also reads the end of what was copied by range: a kernel may report it too early.
  const amount rest = by_buffer(limit - ranged, expected - std::min(expected, ranged));
  if (!rest) return rest;
  return ranged + *rest;
}

// Returns how far it came; why it came no further shows when reading and writing from there on.
std::uint64_t data_copy::by_range(std::uint64_t limit) {
  std::uint64_t done = 0;
  while (done < limit && !stopped() && !methods_.range_refused.load(std::memory_order_relaxed)) {
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(range_size, limit - done));
    const auto copied = uninterrupted([&] { return fs_.copy_range(from_, to_, length); });
    if (!copied && done == 0 && is_refusal(copied.error())) {
      methods_.range_refused.store(true, std::memory_order_relaxed);
    }
    if (!copied || *copied == 0) break;
    progress_.moved(*copied);
    done += *copied;
  }
  return done;
}

amount data_copy::by_buffer(std::uint64_t limit, std::uint64_t expected) {
  const std::span<std::byte> buffer = thread_buffer();
  std::uint64_t done = 0;
  while (done < limit) {
    if (stopped()) return failure(operation::read_data, std::errc::operation_canceled);
    // One byte more than is expected, so that a small file shows its end in the same call.
    const std::uint64_t wanted =
        expected == 0 || done > expected ? buffer.size() : expected - done + 1;
    const std::span<std::byte> part = buffer.first(
        static_cast<std::size_t>(std::min<std::uint64_t>({buffer.size(), wanted, limit - done})));
    const auto got = uninterrupted([&] { return fs_.read(from_, part); });
    if (!got) return failure(operation::read_data, got.error());
    if (*got == 0) break;
    if (const auto error = write_all(part.first(*got))) return par::unexpected<data_error>(*error);
    progress_.moved(*got);
    done += *got;
    if (done == expected && *got < part.size()) break;
  }
  return done;
}

std::optional<data_error> data_copy::write_all(std::span<const std::byte> data) {
  while (!data.empty()) {
    const auto written = uninterrupted([&] { return fs_.write(to_, data); });
    if (!written) return data_error{.what = operation::write_data, .reason = written.error()};
    if (*written == 0)
      return data_error{.what = operation::write_data, .reason = std::errc::io_error};
    data = data.subspan(*written);
  }
  return std::nullopt;
}

amount data_copy::data_at(std::uint64_t begin, std::uint64_t length) {
  if (const auto at_data = fs_.seek(from_, begin, SEEK_SET); !at_data) {
    return failure(operation::read_data, at_data.error());
  }
  if (const auto at_data = fs_.seek(to_, begin, SEEK_SET); !at_data) {
    return failure(operation::write_data, at_data.error());
  }
  return dense(length);
}

std::optional<amount> data_copy::sparse() {
  std::uint64_t done = 0;
  std::uint64_t end = size_;
  for (std::uint64_t begin = 0; begin < end;) {
    const auto data = fs_.seek(from_, begin, SEEK_DATA);
    if (!data && data.error() == std::errc::no_such_device_or_address) {  // A hole, or the end.
      if (const auto size = fs_.seek(from_, 0, SEEK_END)) end = std::min(end, *size);
      break;
    }
    if (!data && begin == 0) return std::nullopt;
    if (!data) return failure(operation::read_data, data.error());
    const auto hole = fs_.seek(from_, *data, SEEK_HOLE);
    if (!hole) return failure(operation::read_data, hole.error());
    if (*data >= end) break;
    begin = std::min(*hole, end);
    const amount copied = data_at(*data, begin - *data);
    if (!copied) return copied;
    done += *copied;
    if (*copied < begin - *data) end = *data + *copied;  // The file has shrunk.
  }
  if (const auto cut = uninterrupted([&] { return fs_.truncate(to_, end); }); !cut) {
    return failure(operation::write_data, cut.error());
  }
  progress_.passed(end - std::min(end, done));
  return end;
}

bool has_holes(const file_status& status) {
  constexpr off_t block = 512;  // The unit of st_blocks, whatever the file system's own.
  return status.st_size / block > status.st_blocks;
}

}  // namespace

par::expected<std::uint64_t, data_error> copy_data(file_system& fs, int from, int to,
                                                   const file_status& status, copy_methods& methods,
                                                   file_progress& progress,
                                                   const std::atomic<bool>& stop) {
  data_copy copy(fs, from, to, status, methods, progress, stop);
  if (copy.clone()) {
    const auto size = static_cast<std::uint64_t>(status.st_size);
    progress.passed(size);
    return size;
  }
  if (has_holes(status)) {
    if (auto copied = copy.sparse()) return *copied;
  }
  return copy.whole();
}

}  // namespace copytree
