// How far a count has got, for whoever wants to look while it runs.
#pragma once

#include <atomic>
#include <cstdint>

namespace countips {

// Counters on cache lines of their own: those that count do not slow each other down by it. All
// accesses are relaxed, because the numbers are only shown to people.
struct count_progress {
  alignas(64) std::atomic<std::uint64_t> bytes{0};  // As they stand on the disk.
  alignas(64) std::atomic<std::uint64_t> files{0};
  alignas(64) std::atomic<std::uint64_t> bytes_total{0};  // 0 while unknown.
  std::atomic<std::uint64_t> files_total{0};
};

}  // namespace countips
