// Consecutive numbers of a sequence as text, in one piece of memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fib/digits/signed_sum.h"
#include "fib/indices/index_range.h"
#include "fib/text/buffer_pool.h"
#include "fib/text/request.h"

namespace fib {

// A number is never formatted: its digits are the sum of those of the two numbers before it,
// written to where they will be printed from. Digits above nine become letters when no further sum
// needs them. Constant once made, so threads may share it. It may outlive the pool that its memory
// is from, but not the request.
class block {
 public:
  // Starts by GMP. REQUIRES numbers.count >= 1.
  [[nodiscard]] static block starting_at(const request& what, const index_range& numbers,
                                         buffer_pool& pool);

  // Starts with its first two numbers, which may go afterwards; the second is not looked at if
  // there is but one. REQUIRES numbers.count >= 1.
  [[nodiscard]] static block beginning_with(const request& what, const term& first,
                                            const term& second, const index_range& numbers,
                                            buffer_pool& pool);

  // Starts with the sum of the two numbers before it, which may go afterwards. REQUIRES
  // numbers.count >= 1.
  [[nodiscard]] static block following(const request& what, const term& before_last,
                                       const term& last, const index_range& numbers,
                                       buffer_pool& pool);

  // All of them in their frames, with what the layout has between numbers; after the last only if
  // that ends each number.
  [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

  // What a following block starts from. REQUIRES count() >= 2.
  [[nodiscard]] term before_last() const noexcept { return before_last_; }
  [[nodiscard]] term last() const noexcept { return last_; }

 private:
  block(const request& what, const index_range& numbers, buffer_pool& pool);

  void append(const term& number);
  void append_sums(term a, term b, std::uint64_t how_many);
  void begin_number(bool negative);
  void end_number(const term& number);
  void put(std::string_view text);
  void put_index();
  void finish();
  void print(const term& number);
  term keep(const term& number, std::vector<char>& where);

  const request* what_;
  buffer_pool::buffer text_;
  std::size_t size_ = 0;
  index at_;
  std::uint64_t count_ = 0;
  term before_last_;
  term last_;
  std::array<std::vector<char>, 2> kept_;  // The digits of these two, if the text has letters.
};

}  // namespace fib
