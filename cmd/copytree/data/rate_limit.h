// Keeps a copy below a number of bytes per second, over all threads together.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace copytree {

// How time passes; tests have one of their own. Thread-safe.
class pacer {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  virtual ~pacer() = default;
  virtual time_point now();
  virtual void wait_until(time_point when);
};

// A bucket of tokens, one for each byte, that runs full at the rate and holds a tenth of a
// second's. Bytes are paid for after they have been moved: whoever has taken more than was there
// waits until the debt is settled, and who comes next waits behind. Thread-safe.
class rate_limit {
 public:
  // When the bucket is, or was, empty: in nanoseconds of the pacer's clock.
  using account = std::atomic<std::int64_t>;

  // bytes_per_second >= 1. The pacer must outlive the limit.
  rate_limit(std::uint64_t bytes_per_second, pacer& time)
      : rate_limit(bytes_per_second, time, own_) {}

  // Several limits, also of several processes, are one if they have one account, which begins as 0.
  rate_limit(std::uint64_t bytes_per_second, pacer& time, account& shared)
      : rate_(bytes_per_second), time_(time), paid_until_(shared) {}

  // How many bytes to move at once, at most `wanted`, so that the rate is even.
  [[nodiscard]] std::size_t piece(std::size_t wanted) const;

  // Pays for bytes that have been moved, and waits if that is more than was there; ends early when
  // `stop` becomes true.
  void spend(std::uint64_t bytes, const std::atomic<bool>& stop);

 private:
  pacer::time_point settle(std::uint64_t bytes);

  const std::uint64_t rate_;
  pacer& time_;
  account own_{0};
  account& paid_until_;
};

}  // namespace copytree
