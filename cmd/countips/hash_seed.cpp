#include "countips/hash_seed.h"

#include <atomic>
#include <random>

namespace countips {

namespace {

std::uint64_t random_bits() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

std::uint64_t next_hash_seed() {
  static std::atomic<std::uint64_t> next{random_bits()};
  constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;  // The step of SplitMix64.
  // Relaxed: only the value counts.
  return mix_bits(next.fetch_add(golden_ratio, std::memory_order_relaxed));
}

}  // namespace countips
