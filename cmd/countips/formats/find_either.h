// Finds the first of two characters in a text.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace countips {

// Where it is, or the end. Fields are a few bytes long: sixteen or eight are looked at in one step,
// where a call of memchr would cost more than it saves.
[[nodiscard]] inline const char* find_either(const char* at, const char* end, char a, char b) {
#ifdef __SSE2__  // Every x86-64 has it.
  const __m128i all_a = _mm_set1_epi8(a);
  const __m128i all_b = _mm_set1_epi8(b);
  for (; end - at >= 16; at += 16) {
    __m128i bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    const __m128i is_either =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, all_a), _mm_cmpeq_epi8(bytes, all_b));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(is_either));
    if (mask != 0) return at + std::countr_zero(mask);
  }
#else
  // The zero byte test of Alan Mycroft (1987), which is exact for the lowest byte.
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t ones = ~std::uint64_t{0} / 255;
    constexpr std::uint64_t tops = ones << 7;
    const std::uint64_t all_a = ones * static_cast<unsigned char>(a);
    const std::uint64_t all_b = ones * static_cast<unsigned char>(b);
    for (std::uint64_t bytes = 0; end - at >= 8; at += sizeof bytes) {
      std::memcpy(&bytes, at, sizeof bytes);
      const std::uint64_t x = bytes ^ all_a;
      const std::uint64_t y = bytes ^ all_b;
      const std::uint64_t zero = (((x - ones) & ~x) | ((y - ones) & ~y)) & tops;
      if (zero != 0) return at + std::countr_zero(zero) / 8;
    }
  }
#endif
  while (at != end && *at != a && *at != b) ++at;
  return at;
}

}  // namespace countips
