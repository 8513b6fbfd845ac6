#include "copytree/data/data_mover.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace copytree {

namespace {

constexpr std::size_t buffer_size = 256 * 1024;
constexpr std::size_t range_size = 8 * 1024 * 1024;  // How often a long copy looks at `stop`.
constexpr std::size_t hole_size = 4096;              // The least that is worth a hole.

bool is_zero(std::span<const std::byte> data) {
  // The first byte is zero, and each is like the one before it.
  return data.front() == std::byte{0} &&
         std::memcmp(data.data(), data.data() + 1, data.size() - 1) == 0;
}

// How much of the beginning is blocks of zeros, or blocks that are not; the last may be short.
std::size_t run_length(std::span<const std::byte> data, bool zeros) {
  std::size_t length = 0;
  while (length < data.size()) {
    const std::size_t block = std::min(hole_size, data.size() - length);
    if (is_zero(data.subspan(length, block)) != zeros) break;
    length += block;
  }
  return length;
}

}  // namespace

std::span<std::byte> thread_buffer() {
  thread_local const std::unique_ptr<std::byte[]> buffer(new std::byte[buffer_size]);
  return {buffer.get(), buffer_size};
}

data_mover::data_mover(const data_rules& rules, copy_methods& methods, int from, int to,
                       bool zero_holes, checksummer* sum)
    : rules_(rules), methods_(methods), from_(from), to_(to), zero_holes_(zero_holes), sum_(sum) {}

std::size_t data_mover::piece(std::size_t wanted) const {
  return rules_.limit == nullptr ? wanted : rules_.limit->piece(wanted);
}

void data_mover::moved(std::uint64_t bytes) {
  rules_.progress.moved(bytes);
  if (rules_.limit != nullptr) rules_.limit->spend(bytes, rules_.stop);
}

bool data_mover::by_kernel() const {
  return rules_.sparse == policy::automatic && rules_.reflink != policy::never && sum_ == nullptr;
}

amount data_mover::move(std::uint64_t limit, std::uint64_t expected) {
  expected = std::min(expected, limit);
  std::uint64_t done = 0;
  if (!by_kernel()) {
    how_.offload = means::avoided;
  } else if (expected >= long_file) {
    const amount ranged = by_range(limit);
    if (!ranged || *ranged == limit) return ranged;
    done = *ranged;
  }
  // Also reads the end of what was copied by range: a kernel may report it too early.
  const amount rest = by_buffer(limit - done, expected - std::min(expected, done));
  if (!rest) return rest;
  return done + *rest;
}

// Returns how far it came; unless it is an error, why it came no further shows when reading and
// writing from there on.
amount data_mover::by_range(std::uint64_t limit) {
  std::uint64_t done = 0;
  std::atomic<bool>& refused = methods_.range_refused;
  if (refused.load(std::memory_order_relaxed)) how_.offload = means::unsupported;
  while (done < limit && !stopped() && !refused.load(std::memory_order_relaxed)) {
    const std::size_t wanted = piece(range_size);
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, limit - done));
    const auto copied = uninterrupted([&] { return rules_.fs.copy_range(from_, to_, length); });
    if (!copied) {
      const refusal meaning = meaning_of(data_way::range, copied.error());
      if (meaning == refusal::failure) return failure(operation::write_data, copied.error());
      if (meaning == refusal::for_good && done == 0) refused.store(true, std::memory_order_relaxed);
      if (done == 0) how_.offload = means::unsupported;
      break;
    }
    if (*copied == 0) break;
    how_.offload = means::yes;
    moved(*copied);
    done += *copied;
  }
  return done;
}

amount data_mover::by_buffer(std::uint64_t limit, std::uint64_t expected) {
  const std::span<std::byte> buffer = thread_buffer().first(piece(buffer_size));
  std::uint64_t done = 0;
  while (done < limit) {
    if (stopped()) return failure(operation::read_data, std::errc::operation_canceled);
    // One byte more than is expected, so that a small file shows its end in the same call.
    const std::uint64_t wanted =
        expected == 0 || done > expected ? buffer.size() : expected - done + 1;
    const std::span<std::byte> part = buffer.first(
        static_cast<std::size_t>(std::min<std::uint64_t>({buffer.size(), wanted, limit - done})));
    const auto got = uninterrupted([&] { return rules_.fs.read(from_, part); });
    if (!got) return failure(operation::read_data, got.error());
    if (*got == 0) break;
    if (const auto error = put(part.first(*got))) return par::unexpected<data_error>(*error);
    moved(*got);
    done += *got;
    if (done == expected && *got < part.size()) break;
  }
  return done;
}

std::optional<data_error> data_mover::put(std::span<const std::byte> data) {
  if (sum_ != nullptr) sum_->add(data);
  return zero_holes_ ? put_around_zeros(data) : write_all(data);
}

std::optional<data_error> data_mover::put_around_zeros(std::span<const std::byte> data) {
  while (!data.empty()) {
    const std::size_t zeros = run_length(data, true);
    if (zeros > 0 && pass_over(zeros)) {
      data = data.subspan(zeros);
      continue;
    }
    const std::span<const std::byte> run =
        data.first(zero_holes_ ? run_length(data, false) : data.size());
    if (const auto error = write_all(run)) return error;
    data = data.subspan(run.size());
  }
  return std::nullopt;
}

// False if the destination cannot be sought in: a FIFO or a terminal gets its zeros written.
bool data_mover::pass_over(std::size_t length) {
  zero_holes_ = rules_.fs.seek(to_, length, SEEK_CUR).has_value();
  ends_in_hole_ = zero_holes_;
  how_.finds_zeros = how_.finds_zeros || zero_holes_;
  return zero_holes_;
}

std::optional<data_error> data_mover::write_all(std::span<const std::byte> data) {
  ends_in_hole_ = false;
  while (!data.empty()) {
    const auto written = uninterrupted([&] { return rules_.fs.write(to_, data); });
    if (!written) return data_error{.what = operation::write_data, .reason = written.error()};
    if (*written == 0)
      return data_error{.what = operation::write_data, .reason = std::errc::io_error};
    data = data.subspan(*written);
  }
  return std::nullopt;
}

std::optional<data_error> data_mover::finish(std::uint64_t size) {
  if (!ends_in_hole_) return std::nullopt;
  const auto cut = uninterrupted([&] { return rules_.fs.truncate(to_, size); });
  if (!cut) return data_error{.what = operation::write_data, .reason = cut.error()};
  return std::nullopt;
}

}  // namespace copytree
