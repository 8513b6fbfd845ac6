#include "countips/formats/line_ends.h"

#include <bit>

#include "countips/clients/byte_masks.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace countips {

namespace {

constexpr std::size_t word = 64;  // Bytes that are looked at together.

struct place_list {
  std::uint16_t* places;
  std::size_t count = 0;
};

// Adds the place of each bit of a word. There is at most one, as a rule: that is noted without a
// branch on whether there is, which no processor can foresee. Nor is it asked for by a comparison:
// compilers would make a branch of that and the loop.
[[gnu::always_inline]] inline void add_word(place_list& to, std::uint64_t bits, std::size_t at) {
  to.places[to.count] =
      static_cast<std::uint16_t>(at + static_cast<unsigned>(std::countr_zero(bits)));
  to.count += (bits | (0 - bits)) >> 63;
  for (bits &= bits - 1; bits != 0; bits &= bits - 1) {
    to.places[to.count++] =
        static_cast<std::uint16_t>(at + static_cast<unsigned>(std::countr_zero(bits)));
  }
}

[[gnu::always_inline]] inline void add_rest(place_list& to, std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (text[at] == '\n') to.places[to.count++] = static_cast<std::uint16_t>(at);
  }
}

}  // namespace

namespace detail {

std::size_t find_line_ends_anywhere(std::string_view text, std::span<std::uint16_t> into) noexcept {
  place_list found{into.data()};
  std::size_t at = 0;
  for (; text.size() - at >= word; at += word) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < word; i += 16) {
      bits |= std::uint64_t{byte_block(text.data() + at + i).equal_to('\n')} << i;
    }
    add_word(found, bits, at);
  }
  add_rest(found, text, at);
  return found.count;
}

}  // namespace detail

#ifdef __x86_64__

namespace {

using search = std::size_t (*)(std::string_view, std::span<std::uint16_t>) noexcept;

[[gnu::target("avx2,bmi")]] std::size_t find_with_avx2(std::string_view text,
                                                       std::span<std::uint16_t> into) noexcept {
  const __m256i line_end = _mm256_set1_epi8('\n');
  place_list found{into.data()};
  std::size_t at = 0;
  for (; text.size() - at >= word; at += word) {
    const auto* const half = reinterpret_cast<const __m256i*>(text.data() + at);
    const __m256i low = _mm256_cmpeq_epi8(_mm256_loadu_si256(half), line_end);
    const __m256i high = _mm256_cmpeq_epi8(_mm256_loadu_si256(half + 1), line_end);
    const std::uint64_t bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
                               std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))}
                                   << 32;
    add_word(found, bits, at);
  }
  add_rest(found, text, at);
  return found.count;
}

search best_search() noexcept {
  const bool has_both = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
  return has_both ? find_with_avx2 : detail::find_line_ends_anywhere;
}

}  // namespace

std::size_t find_line_ends(std::string_view text, std::span<std::uint16_t> into) noexcept {
  static const search best = best_search();
  return best(text, into);
}

#else

std::size_t find_line_ends(std::string_view text, std::span<std::uint16_t> into) noexcept {
  return detail::find_line_ends_anywhere(text, into);
}

#endif

}  // namespace countips
