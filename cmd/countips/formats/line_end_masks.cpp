#include "countips/formats/line_end_masks.h"

#include "countips/clients/byte_masks.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace countips {

namespace detail {

void find_line_ends_anywhere(const char* text, std::span<std::uint64_t> masks) noexcept {
  for (std::uint64_t& mask : masks) {
    mask = 0;
    for (unsigned at = 0; at < line_end_word; at += 16) {
      mask |= std::uint64_t{byte_block(text + at).equal_to('\n')} << at;
    }
    text += line_end_word;
  }
}

}  // namespace detail

#ifdef __x86_64__

namespace {

using search = void (*)(const char*, std::span<std::uint64_t>) noexcept;

[[gnu::target("avx2")]] void find_with_avx2(const char* text,
                                            std::span<std::uint64_t> masks) noexcept {
  const __m256i line_end = _mm256_set1_epi8('\n');
  for (std::uint64_t& mask : masks) {
    const auto* const words = reinterpret_cast<const __m256i*>(text);
    const __m256i low = _mm256_cmpeq_epi8(_mm256_loadu_si256(words), line_end);
    const __m256i high = _mm256_cmpeq_epi8(_mm256_loadu_si256(words + 1), line_end);
    mask = static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
           std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))} << 32;
    text += line_end_word;
  }
}

search best_search() noexcept {
  return __builtin_cpu_supports("avx2") ? find_with_avx2 : detail::find_line_ends_anywhere;
}

}  // namespace

void find_line_ends(const char* text, std::span<std::uint64_t> masks) noexcept {
  static const search best = best_search();
  best(text, masks);
}

#else

void find_line_ends(const char* text, std::span<std::uint64_t> masks) noexcept {
  detail::find_line_ends_anywhere(text, masks);
}

#endif

}  // namespace countips
