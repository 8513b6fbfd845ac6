// Vector clocks: what each thread of a run knows of every other.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace model {

// Number 0 is the thread that sets the scenario up and checks it at the end.
inline constexpr std::size_t max_threads = 8;

// Something a thread did, by the count of its releases before; time 0 is known to everybody.
struct event {
  std::size_t thread = 0;
  std::uint32_t time = 0;
};

// An event happened before the owner's next step if and only if the owner knows it.
class vector_clock {
 public:
  [[nodiscard]] constexpr bool knows(event e) const { return times_[e.thread] >= e.time; }
  [[nodiscard]] constexpr bool knows(const vector_clock& other) const {
    for (std::size_t i = 0; i < max_threads; ++i) {
      if (times_[i] < other.times_[i]) return false;
    }
    return true;
  }

  constexpr void learn(event e) { times_[e.thread] = std::max(times_[e.thread], e.time); }
  constexpr void learn(const vector_clock& other) {
    for (std::size_t i = 0; i < max_threads; ++i) times_[i] = std::max(times_[i], other.times_[i]);
  }

  [[nodiscard]] constexpr event last_of(std::size_t thread) const {
    return {thread, times_[thread]};
  }
  constexpr void tick(std::size_t thread) { ++times_[thread]; }

 private:
  std::array<std::uint32_t, max_threads> times_{};
};

}  // namespace model
