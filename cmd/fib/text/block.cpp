#include "fib/text/block.h"

#include <charconv>
#include <cstring>
#include <string>
#include <utility>

#include "fib/numbers/terms.h"
#include "fib/numbers/to_digits.h"

namespace fib {

namespace {

// A difference is written as long as its longer operand before its zeros are cut off.
std::size_t room_for(const request& what, const index_range& numbers) {
  const std::size_t text = what.text_bound(numbers);
  if (what.of.is_fibonacci() && numbers.first >= 0) return text;
  return text + what.lengths.digits(numbers.first - 2) + what.lengths.digits(numbers.end());
}

}  // namespace

block::block(const request& what, const index_range& numbers, buffer_pool& pool)
    : what_(&what), text_(pool.take(room_for(what, numbers))), at_(numbers.first) {}

block block::starting_at(const request& what, const index_range& numbers, buffer_pool& pool) {
  if (numbers.count == 1) {
    const mpz_class only = term_at(what.of, numbers.first);
    const std::string digits = to_digits(only, what.in);
    return beginning_with(what, {digits, only < 0}, {}, numbers, pool);
  }
  const terms start = terms_at(what.of, numbers.first);
  const std::string first = to_digits(start.at, what.in);
  const std::string second = to_digits(start.next, what.in);
  return beginning_with(what, {first, start.at < 0}, {second, start.next < 0}, numbers, pool);
}

block block::beginning_with(const request& what, const term& first, const term& second,
                            const index_range& numbers, buffer_pool& pool) {
  block made(what, numbers, pool);
  made.append(first);
  if (numbers.count > 1) {
    made.append(second);
    made.append_sums(made.before_last_, made.last_, numbers.count - 2);
  }
  made.finish();
  return made;
}

block block::following(const request& what, const term& before_last, const term& last,
                       const index_range& numbers, buffer_pool& pool) {
  block made(what, numbers, pool);
  made.append_sums(before_last, last, numbers.count);
  made.finish();
  return made;
}

void block::append(const term& number) {
  begin_number(number.negative);
  char* const digits = text_.data() + size_;
  std::memcpy(digits, number.digits.data(), number.digits.size());
  end_number({{digits, number.digits.size()}, number.negative});
}

void block::append_sums(term a, term b, std::uint64_t how_many) {
  for (; how_many != 0; --how_many) {
    const bool negative = sum_is_negative(a, b);
    begin_number(negative);
    char* const digits = text_.data() + size_;
    const char* const end = write_sum(a, b, digits, what_->in.base());
    end_number({{digits, end}, negative});
    a = std::exchange(b, last_);
  }
}

void block::begin_number(bool negative) {
  if (what_->as.indexed) put_index();
  put(what_->as.before_number);
  if (negative) put("-");
}

// Its digits stand at the end of the text already. No further sum needs the number before the last.
void block::end_number(const term& number) {
  size_ += number.digits.size();
  put(what_->as.after_number);
  put(what_->as.between);
  if (count_ >= 2) print(before_last_);
  before_last_ = std::exchange(last_, number);
  ++count_;
  ++at_;
}

void block::put(std::string_view text) {
  if (text.size() == 1) {
    text_.data()[size_++] = text.front();
  } else if (!text.empty()) {
    std::memcpy(text_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }
}

void block::put_index() {
  put(what_->as.before_index);
  char* const from = text_.data() + size_;
  constexpr std::ptrdiff_t longest = 24;
  std::array<char, longest> digits{};
  const char* const end = std::to_chars(digits.data(), digits.data() + longest, at_).ptr;
  std::memcpy(from, digits.data(), static_cast<std::size_t>(end - digits.data()));
  size_ += static_cast<std::size_t>(end - digits.data());
}

void block::finish() {
  if (!what_->as.ends_each()) size_ -= what_->as.between.size();
  if (what_->in.is_its_own_text()) return;
  const std::array<term, 2> printed = {before_last_, last_};
  before_last_ = keep(before_last_, kept_[0]);
  last_ = keep(last_, kept_[1]);
  for (const term& each : printed) print(each);
}

void block::print(const term& number) {
  if (what_->in.is_its_own_text() || number.digits.empty()) return;
  char* const digits = text_.data() + (number.digits.data() - text_.data());
  what_->in.write_out(digits, digits + number.digits.size());
}

term block::keep(const term& number, std::vector<char>& where) {
  where.assign(number.digits.begin(), number.digits.end());
  return {{where.data(), where.size()}, number.negative};
}

}  // namespace fib
