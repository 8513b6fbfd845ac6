// Thirty-two digits in one register. Carries do not ripple: the digits that generate one and those
// that would pass one on are two masks, and adding these as integers carries through all of them
// at once (carry lookahead, as in D. E. Knuth, The Art of Computer Programming 4A, 7.1.3).
#include "fib/digits/kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstdint>

#include "fib/digits/row_sum.h"

#define FIB_AVX2 __attribute__((target("avx2"), always_inline)) inline

namespace fib {

namespace {

using detail::second;

constexpr std::size_t width = sizeof(__m256i);

// What does not change along a row.
struct constants {
  __m256i base;
  __m256i highest;  // base - 1
  __m256i offset;   // Makes a and b, or its complement, their sum as a number.
  __m256i zero;     // '0'
};

FIB_AVX2 __m256i everywhere(unsigned value) {
  return _mm256_set1_epi8(static_cast<char>(value));
}

template <second Second>
FIB_AVX2 constants constants_of(unsigned base) {
  const unsigned offset = Second == second::as_it_is ? 0U - 2 * '0' : base - 1;
  return {everywhere(base), everywhere(base - 1), everywhere(offset), everywhere('0')};
}

FIB_AVX2 __m256i load(const char* from) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

// The sums of pairs of digits, 0 to 2 * (base - 1).
template <second Second>
FIB_AVX2 __m256i sums(const char* a, const char* b, const constants& of) {
  if constexpr (Second == second::as_it_is) {
    return _mm256_add_epi8(_mm256_add_epi8(load(a), load(b)), of.offset);
  }
  return _mm256_add_epi8(_mm256_sub_epi8(load(a), load(b)), of.offset);
}

// The last byte first.
FIB_AVX2 __m256i reversed(__m256i bytes) {
  const __m256i order =
      _mm256_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,  // NOLINT
                      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  return _mm256_permute4x64_epi64(_mm256_shuffle_epi8(bytes, order), 0x4E);
}

FIB_AVX2 std::uint64_t mask_of(__m256i bytes) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

// Bit 31 - i of the mask as byte i: -1 or 0.
FIB_AVX2 __m256i spread(std::uint64_t mask) {
  const __m256i byte_of = _mm256_setr_epi64x(0x0303030303030303, 0x0202020202020202,
                                             0x0101010101010101, 0x0000000000000000);
  const __m256i bit_of = _mm256_set1_epi64x(0x0102040810204080);
  const __m256i all = _mm256_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(mask)));
  const __m256i own = _mm256_and_si256(_mm256_shuffle_epi8(all, byte_of), bit_of);
  return _mm256_cmpeq_epi8(own, bit_of);
}

// Digits from sums and what is carried into each of them. One of the sum and the sum less the base
// is below the base; the other, unsigned, is above it.
FIB_AVX2 void store(char* to, __m256i sums, __m256i carried, const constants& of) {
  const __m256i all = _mm256_sub_epi8(sums, carried);
  const __m256i digits = _mm256_min_epu8(all, _mm256_sub_epi8(all, of.base));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm256_add_epi8(digits, of.zero));
}

// Bit i of each mask is the digit i places before the last. Gives the digits that are carried into;
// carry is 0 or 1, in and out. No digit is in both masks, so each step below has but one carry.
FIB_AVX2 std::uint64_t carried_into(std::uint64_t generating, std::uint64_t passing,
                                    std::uint64_t& carry) {
  const std::uint64_t direct = generating << 1 | carry;
  const std::uint64_t sum = passing + direct;
  carry = generating >> 63 | (sum < direct ? 1U : 0U);
  return sum ^ passing;
}

template <second Second>
FIB_AVX2 void sum_64(const char* a, const char* b, char* out, std::uint64_t& carry,
                     const constants& of) {
  const __m256i left = sums<Second>(a, b, of);
  const __m256i right = sums<Second>(a + width, b + width, of);
  const __m256i left_reversed = reversed(left);
  const __m256i right_reversed = reversed(right);
  const std::uint64_t generating = mask_of(_mm256_cmpgt_epi8(left_reversed, of.highest)) << 32 |
                                   mask_of(_mm256_cmpgt_epi8(right_reversed, of.highest));
  const std::uint64_t passing = mask_of(_mm256_cmpeq_epi8(left_reversed, of.highest)) << 32 |
                                mask_of(_mm256_cmpeq_epi8(right_reversed, of.highest));
  const std::uint64_t into = carried_into(generating, passing, carry);
  store(out, left, spread(into >> 32), of);
  store(out + width, right, spread(into), of);
}

template <second Second>
__attribute__((target("avx2"))) std::uint64_t sum_wide(const char* a, const char* b, char* out,
                                                       std::size_t size, unsigned base,
                                                       std::uint64_t carry) noexcept {
  const constants of = constants_of<Second>(base);
  while (size >= 2 * width) {
    size -= 2 * width;
    sum_64<Second>(a + size, b + size, out + size, carry, of);
  }
  return detail::sum_row<Second>(a, b, out, size, base, carry);
}

bool add(const char* a, const char* b, char* out, std::size_t size, unsigned base) noexcept {
  return sum_wide<second::as_it_is>(a, b, out, size, base, 0) != 0;
}

bool subtract(const char* a, const char* b, char* out, std::size_t size, unsigned base) noexcept {
  return sum_wide<second::complemented>(a, b, out, size, base, 1) == 0;
}

constexpr digit_kernels kernels = {.add = add, .subtract = subtract};

}  // namespace

const digit_kernels* avx2_kernels() noexcept {
  return __builtin_cpu_supports("avx2") ? &kernels : nullptr;
}

}  // namespace fib

#undef FIB_AVX2

#else

namespace fib {

const digit_kernels* avx2_kernels() noexcept {
  return nullptr;
}

}  // namespace fib

#endif
