// Which of sixteen bytes have a property, as bits of a number.
#pragma once

#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace countips {

// Sixteen bytes that stand one after the other. Bit i of a mask tells of byte i.
class byte_block {
 public:
  // REQUIRES sixteen bytes that can be read.
  explicit byte_block(const char* from) noexcept { std::memcpy(&bytes_, from, sizeof bytes_); }

#ifdef __SSE2__

  [[nodiscard]] std::uint32_t equal_to(char c) const noexcept {
    return mask(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c)));
  }

  // From `least` to `least + more`, as unsigned bytes.
  [[nodiscard]] std::uint32_t within(char least, unsigned char more) const noexcept {
    const __m128i above = _mm_sub_epi8(bytes_, _mm_set1_epi8(least));
    const __m128i too_far = _mm_subs_epu8(above, _mm_set1_epi8(static_cast<char>(more)));
    return mask(_mm_cmpeq_epi8(too_far, _mm_setzero_si128()));
  }

  // The same with bounds for each byte.
  [[nodiscard]] std::uint32_t within(const byte_block& least,
                                     const byte_block& more) const noexcept {
    const __m128i too_far = _mm_subs_epu8(_mm_sub_epi8(bytes_, least.bytes_), more.bytes_);
    return mask(_mm_cmpeq_epi8(too_far, _mm_setzero_si128()));
  }

  [[nodiscard]] std::uint32_t equal_to(const byte_block& other) const noexcept {
    return mask(_mm_cmpeq_epi8(bytes_, other.bytes_));
  }

  // The bytes with this bit set as well.
  [[nodiscard]] byte_block with_bit(char bit) const noexcept {
    return byte_block(_mm_or_si128(bytes_, _mm_set1_epi8(bit)));
  }

 private:
  explicit byte_block(__m128i bytes) noexcept : bytes_(bytes) {}

  static std::uint32_t mask(__m128i bytes) noexcept {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
  }

  __m128i bytes_;

#else

  [[nodiscard]] std::uint32_t equal_to(char c) const noexcept { return within(c, 0); }

  [[nodiscard]] std::uint32_t within(char least, unsigned char more) const noexcept {
    return mask([=, this](int i) {
      return static_cast<unsigned char>(bytes_[i] - static_cast<unsigned char>(least)) <= more;
    });
  }

  [[nodiscard]] std::uint32_t within(const byte_block& least,
                                     const byte_block& more) const noexcept {
    return mask([&](int i) {
      return static_cast<unsigned char>(bytes_[i] - least.bytes_[i]) <= more.bytes_[i];
    });
  }

  [[nodiscard]] std::uint32_t equal_to(const byte_block& other) const noexcept {
    return mask([&](int i) { return bytes_[i] == other.bytes_[i]; });
  }

  [[nodiscard]] byte_block with_bit(char bit) const noexcept {
    byte_block changed = *this;
    for (unsigned char& byte : changed.bytes_) byte |= static_cast<unsigned char>(bit);
    return changed;
  }

 private:
  template <class Predicate>
  static std::uint32_t mask(Predicate holds_for) noexcept {
    std::uint32_t bits = 0;
    for (int i = 0; i < 16; ++i) bits |= static_cast<std::uint32_t>(holds_for(i)) << i;
    return bits;
  }

  unsigned char bytes_[16];

#endif
};

}  // namespace countips
