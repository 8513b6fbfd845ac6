// Looks at several slots of a hash table at once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "countips/clients/address.h"

#ifdef __SSE2__
#include <emmintrin.h>

#include <bit>
#endif

namespace countips {

// How many slots first_hit looks at.
template <class Key>
constexpr std::size_t slot_window = 1;

// The first slot of the window that holds the key or is empty, Key{}; slot_window if none does.
template <class Key>
[[nodiscard]] std::size_t first_hit(const Key* slots, const Key& key) noexcept {
  return *slots == key || *slots == Key{} ? 0 : 1;
}

#ifdef __SSE2__

template <>
inline constexpr std::size_t slot_window<ipv4_address> = 4;

template <>
[[nodiscard]] inline std::size_t first_hit(const ipv4_address* slots,
                                           const ipv4_address& key) noexcept {
  static_assert(sizeof(ipv4_address) == 4);
  const __m128i window = _mm_loadu_si128(reinterpret_cast<const __m128i*>(slots));
  const __m128i same = _mm_cmpeq_epi32(window, _mm_set1_epi32(static_cast<int>(key.value)));
  const __m128i empty = _mm_cmpeq_epi32(window, _mm_setzero_si128());
  const int hits = _mm_movemask_ps(_mm_castsi128_ps(_mm_or_si128(same, empty)));
  return static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(hits) | 1U << 4));
}

#endif

}  // namespace countips
