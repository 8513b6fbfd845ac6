// The seed of hash tables, and the mixing of bits that goes with it.
#pragma once

#include <cstdint>

namespace countips {

// Random, the same throughout this process: who writes a log cannot choose clients that collide,
// and sets that are merged agree on where a key belongs. Thread-safe.
[[nodiscard]] std::uint64_t hash_seed();

// Makes it that of another process, whose tables then place keys alike. REQUIRES that nobody has
// asked for it yet, nor does meanwhile.
void take_hash_seed(std::uint64_t of_another);

// Spreads every bit of x over all 64. Source: the finaliser of SplitMix64 (Steele, Lea and Flood,
// "Fast splittable pseudorandom number generators", 2014), variant 13 of David Stafford.
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace countips
