#include "copytree/data/rate_limit.h"

#include <algorithm>
#include <thread>

namespace copytree {

namespace {

using std::chrono::nanoseconds;

constexpr auto burst = std::chrono::milliseconds(100);
constexpr auto longest_wait = std::chrono::milliseconds(50);  // Until the next look at `stop`.

// In floating point: bytes times 10^9 do not fit 64 bits. Exact to a millionth of the span.
nanoseconds time_for(std::uint64_t bytes, std::uint64_t rate) {
  constexpr double second = 1e9;
  return nanoseconds(
      static_cast<std::int64_t>(static_cast<double>(bytes) * second / static_cast<double>(rate)));
}

}  // namespace

pacer::time_point pacer::now() {
  return std::chrono::steady_clock::now();
}

void pacer::wait_until(time_point when) {
  std::this_thread::sleep_until(when);
}

std::size_t rate_limit::piece(std::size_t wanted) const {
  constexpr std::uint64_t pieces_per_second = 20;
  constexpr std::uint64_t least = 4096;
  const std::uint64_t even = std::max(least, rate_ / pieces_per_second);
  return static_cast<std::size_t>(std::min<std::uint64_t>(wanted, even));
}

void rate_limit::spend(std::uint64_t bytes, const std::atomic<bool>& stop) {
  const pacer::time_point until = settle(bytes);
  for (auto now = time_.now(); now < until; now = time_.now()) {
    if (stop.load(std::memory_order_relaxed)) return;
    time_.wait_until(std::min(until, now + longest_wait));
  }
}

// Relaxed: the time orders nothing but itself.
pacer::time_point rate_limit::settle(std::uint64_t bytes) {
  const nanoseconds now = time_.now().time_since_epoch();
  const nanoseconds price = time_for(bytes, rate_);
  std::int64_t before = paid_until_.load(std::memory_order_relaxed);
  nanoseconds after{};
  do {
    after = std::max(nanoseconds(before), now - burst) + price;
  } while (!paid_until_.compare_exchange_weak(before, after.count(), std::memory_order_relaxed));
  return pacer::time_point(after);
}

}  // namespace copytree
