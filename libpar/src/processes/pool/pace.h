// How quickly a worker answers, and so how many tasks it should be given ahead.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace par::inline PAR_ABI::detail {

// Tasks of microseconds are handed over by the hundred, long ones one by one.
class pace {
 public:
  using clock = std::chrono::steady_clock;

  void given_to_idle() noexcept { since_ = clock::now(); }

  void answered(std::size_t count) noexcept {
    const clock::time_point now = clock::now();
    const auto each =
        std::min<clock::duration>((now - since_) / static_cast<clock::rep>(count), longest);
    average_ = (3 * average_ + each) / 4;
    since_ = now;
  }

  // At least 1.
  [[nodiscard]] std::size_t window() const noexcept {
    const auto each = std::max(average_, clock::duration(1));
    return std::clamp<std::size_t>(static_cast<std::size_t>(ahead / each), 1, most);
  }

 private:
  static constexpr clock::duration ahead = std::chrono::milliseconds(2);
  static constexpr clock::duration longest = std::chrono::milliseconds(10);
  static constexpr std::size_t most = 256;

  clock::time_point since_ = clock::now();
  clock::duration average_ = longest;
};

}  // namespace par::inline PAR_ABI::detail
