// Consecutive Fibonacci numbers as text, one a line, in one piece of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fib/buffer_pool.h"
#include "fib/range.h"

namespace fib {

// A number is never formatted: its line is the decimal sum of the two lines before it, written to
// where it will be printed from. Constant once made, so threads may share it. It may outlive the
// pool that its memory is from.
class block {
 public:
  // Starts at the first index by GMP. REQUIRES numbers.count >= 1.
  [[nodiscard]] static block starting_at(index_range numbers, buffer_pool& pool);

  // Starts by addition, from F(first - 2) and F(first - 1), which may go afterwards. REQUIRES
  // numbers.first >= 1 and numbers.count >= 1.
  [[nodiscard]] static block following(std::string_view before_last, std::string_view last,
                                       index_range numbers, buffer_pool& pool);

  // The lines, each with its newline.
  [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

  // Without newline, inside text(). The first is empty when there is but one number.
  [[nodiscard]] std::string_view before_last() const noexcept { return before_last_; }
  [[nodiscard]] std::string_view last() const noexcept { return last_; }

 private:
  block(index_range numbers, buffer_pool& pool);

  void append_zero();
  void append_sums(std::string_view a, std::string_view b, std::uint64_t how_many);
  void end_line(std::string_view number);

  buffer_pool::buffer text_;
  std::size_t size_ = 0;
  std::uint64_t count_ = 0;
  std::string_view before_last_;
  std::string_view last_;
};

}  // namespace fib
