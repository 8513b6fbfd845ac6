#include "countips/formats/alike_lines.h"

#include <algorithm>

#ifdef __x86_64__
#include <immintrin.h>

#include <bit>
#include <cstdint>

#include "countips/clients/scan_address.h"
#include "countips/formats/dotted_patterns.h"
#endif

namespace countips {

#ifdef __x86_64__

namespace {

#define COUNTIPS_AVX2 [[gnu::target("avx2,bmi,bmi2"), gnu::always_inline]] inline

// How much of a line may be looked at: an address, a blank and the text behind it.
constexpr std::size_t longest_ipv6 = 39;
constexpr std::size_t most_read = longest_ipv6 + 1 + model_size;
static_assert(most_read >= scan_address_reads);

// How much of a request is looked through for its end.
constexpr std::size_t most_request = 192;

// Bit i tells of byte i.
COUNTIPS_AVX2 std::uint32_t bits_of(__m128i bytes) noexcept {
  return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
}

// The length of the IPv4 address that ends before the first blank; 0 if there is none. The digits
// are brought to their places by a table, and become numbers together. Source: the idea is that of
// Wojciech Mula and Daniel Lemire ("Parsing IP addresses crazily fast", 2023).
COUNTIPS_AVX2 std::size_t read_ipv4(const char* text, ipv4_address& address) noexcept {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i values = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  const std::uint32_t digits =
      bits_of(_mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values));
  const std::uint32_t zeros = bits_of(_mm_cmpeq_epi8(values, _mm_setzero_si128()));
  const std::uint32_t all_dots = bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')));
  const std::uint32_t blanks = bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
  const std::uint32_t end = blanks & (0 - blanks);
  const std::uint32_t own = end - 1;
  const std::uint32_t dots = all_dots & own;
  const dotted_pattern& pattern = pattern_for(dots | end);
  const std::uint32_t leading_zeros = zeros & (dots << 1 | 1) & digits >> 1;
  const __m128i places = _mm_load_si128(reinterpret_cast<const __m128i*>(pattern.places.data()));
  const __m128i tens_and_ones =
      _mm_maddubs_epi16(_mm_shuffle_epi8(values, places),
                        _mm_setr_epi8(100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1, 0));
  const __m128i octets = _mm_madd_epi16(tens_and_ones, _mm_set1_epi16(1));
  const bool too_large = _mm_testz_si128(octets, _mm_set1_epi32(~0xff)) == 0;
  const std::uint32_t wrong =
      (own & ~(digits | dots)) | leading_zeros | (pattern.ends ^ (dots | end));
  if (wrong != 0 || too_large) return 0;
  const __m128i shorts = _mm_packus_epi32(octets, octets);
  address.value = static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_packus_epi16(shorts, shorts)));
  return static_cast<std::size_t>(std::countr_zero(end));
}

// The least and the most that each byte of the text may be.
struct text_bounds {
  __m256i least;
  __m256i more;
};

COUNTIPS_AVX2 text_bounds bounds_of(const char* model) noexcept {
  constexpr char any_minute[] = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\5\11\0\5\11\0\0\0\0\0\0";
  static_assert(sizeof any_minute == model_size);
  const __m256i more = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(any_minute));
  const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(model));
  const __m256i is_fixed = _mm256_cmpeq_epi8(more, _mm256_setzero_si256());
  return {_mm256_blendv_epi8(_mm256_set1_epi8('0'), text, is_fixed), more};
}

COUNTIPS_AVX2 bool is_within(const text_bounds& bounds, const char* text) noexcept {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  const __m256i above = _mm256_sub_epi8(bytes, bounds.least);
  return _mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(above, bounds.more), above)) == -1;
}

constexpr std::uint16_t no_status = 1000;

COUNTIPS_AVX2 std::uint64_t quotes_in(const char* word) noexcept {
  const __m256i quote = _mm256_set1_epi8('"');
  const auto* const half = reinterpret_cast<const __m256i*>(word);
  const __m256i low = _mm256_cmpeq_epi8(_mm256_loadu_si256(half), quote);
  const __m256i high = _mm256_cmpeq_epi8(_mm256_loadu_si256(half + 1), quote);
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(low)) |
         std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(high))} << 32;
}

// Of ` "request" 200 `, where the request is short and has no quotes in it.
COUNTIPS_AVX2 std::uint16_t read_status(const char* text, const char* line_end) noexcept {
  if (text[0] != ' ' || text[1] != '"') return no_status;
  const char* at = text + 2;
  const char* const last = at + most_request - 64;
  std::uint64_t quotes = quotes_in(at);
  while (quotes == 0 && at != last) quotes = quotes_in(at += 64);
  if (quotes == 0) return no_status;
  at += std::countr_zero(quotes);
  if (at >= line_end || at[-1] == '\\' || at[1] != ' ' || at[5] != ' ') return no_status;
  const unsigned hundreds = static_cast<unsigned char>(at[2]) - unsigned{'0'};
  const unsigned tens = static_cast<unsigned char>(at[3]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(at[4]) - unsigned{'0'};
  if (hundreds > 9 || tens > 9 || ones > 9) return no_status;
  return static_cast<std::uint16_t>(hundreds * 100 + tens * 10 + ones);
}

template <bool wants_status>
[[gnu::target("avx2,bmi,bmi2")]] std::size_t read_with_avx2(const found_lines& lines,
                                                            const char* model,
                                                            address_run& into) noexcept {
  constexpr std::ptrdiff_t readable = most_read + (wants_status ? most_request + 8 : 0);
  const text_bounds bounds = bounds_of(model);
  const std::size_t most = std::min(lines.ends.size(), address_run::most);
  const char* line = lines.begin;
  for (std::size_t i = 0; i < most; ++i) {
    if (lines.readable_end - line < readable) return i;
    const char* const end = lines.base + lines.ends[i];
    ipv4_address v4;
    ipv6_address v6;
    const std::size_t v4_size = read_ipv4(line, v4);
    const std::size_t size = v4_size != 0 ? v4_size : scan_ipv6_ahead(line, v6);
    if (size == 0 || line[size] != ' ' || !is_within(bounds, line + size + 1)) return i;
    const std::uint16_t status =
        wants_status ? read_status(line + size + 1 + model_size, end) : std::uint16_t{0};
    if (status == no_status) return i;
    if (v4_size != 0) {
      into.add(v4, status);
    } else {
      into.add(v6, status);
    }
    line = end + 1;
  }
  return most;
}

bool has_vectors() noexcept {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2");
}

}  // namespace

std::size_t read_alike(const found_lines& lines, const char* model, bool wants_status,
                       address_run& into) noexcept {
  static const bool can_read = has_vectors();
  into.clear();
  if (!can_read) return 0;
  return wants_status ? read_with_avx2<true>(lines, model, into)
                      : read_with_avx2<false>(lines, model, into);
}

#else

std::size_t read_alike(const found_lines&, const char*, bool, address_run& into) noexcept {
  into.clear();
  return 0;
}

#endif

}  // namespace countips
