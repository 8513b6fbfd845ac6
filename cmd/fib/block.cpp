#include "fib/block.h"

#include <utility>

#include "fib/decimal.h"
#include "fib/digits.h"
#include "fib/nth.h"

namespace fib {

block::block(index_range numbers, buffer_pool& pool) : text_(pool.take(text_bound(numbers))) {}

block block::starting_at(index_range numbers, buffer_pool& pool) {
  block made(numbers, pool);
  if (numbers.first == 0) {
    made.append_zero();
    made.append_sums("1", made.last(), numbers.count - 1);  // F(-1) is 1.
    return made;
  }
  const neighbours start = numbers_before(numbers.first);
  made.append_sums(start.before_last, start.last, numbers.count);
  return made;
}

block block::following(std::string_view before_last, std::string_view last, index_range numbers,
                       buffer_pool& pool) {
  block made(numbers, pool);
  made.append_sums(before_last, last, numbers.count);
  return made;
}

void block::append_zero() {
  char* const line = text_.data() + size_;
  *line = '0';
  end_line({line, 1});
}

void block::append_sums(std::string_view a, std::string_view b, std::uint64_t how_many) {
  for (; how_many != 0; --how_many) {
    char* const line = text_.data() + size_;
    const char* const end = add_decimal(a, b, line);
    end_line({line, end});
    a = std::exchange(b, last_);
  }
}

// The digits of `number` stand at the end of the text already.
void block::end_line(std::string_view number) {
  size_ += number.size();
  text_.data()[size_++] = '\n';
  ++count_;
  before_last_ = std::exchange(last_, number);
}

}  // namespace fib
