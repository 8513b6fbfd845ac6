#include "fib/text/request.h"

#include <algorithm>

namespace fib {

part request::wanted_of(const index_range& numbers) const {
  part made = wanted;
  // Farther out numbers are longer than any part.
  if (numbers.count != 0 && numbers.is_within(largest_index)) {
    made.digits = std::min<std::uint64_t>(made.digits, lengths.digits(numbers.farthest()));
  }
  return made;
}

std::uint64_t request::text_bound(const index_range& numbers) const noexcept {
  return lengths.digits(numbers) + numbers.count * frame_bound();
}

std::uint64_t request::frame_bound() const noexcept {
  constexpr std::uint64_t longest_index = 12;  // -10000000000
  const std::uint64_t sign = 1;
  return sign + (as.indexed ? longest_index + as.before_index.size() : 0) +
         as.before_number.size() + as.after_number.size() + as.between.size();
}

}  // namespace fib
