// A base, and how digits in it are written.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace fib {

// From 2 to 62. Inside fib a digit is the byte '0' + value. On paper those above nine are letters,
// as GMP has them: small ones up to base 36; above, capitals for 10 to 35 and small ones for 36 to
// 61. Thread-safe.
class radix {
 public:
  static constexpr unsigned least = 2;
  static constexpr unsigned most = 62;

  explicit radix(unsigned base = 10);

  [[nodiscard]] unsigned base() const noexcept { return base_; }

  // Whether digits need no translation at all.
  [[nodiscard]] bool is_its_own_text() const noexcept { return base_ <= 10; }

  // From digits to what is printed, in place.
  void write_out(char* first, char* last) const noexcept {
    std::transform(first, last, first, [this](char c) { return printed_[index_of(c)]; });
  }

  // From what GMP has printed to digits.
  void read_in(std::string& text) const noexcept {
    std::ranges::transform(text, text.begin(), [this](char c) { return digits_[index_of(c)]; });
  }

  friend bool operator==(const radix& a, const radix& b) noexcept { return a.base_ == b.base_; }

 private:
  using table = std::array<char, 256>;

  static std::size_t index_of(char c) noexcept { return static_cast<unsigned char>(c); }

  unsigned base_;
  table printed_{};
  table digits_{};
};

}  // namespace fib
