#include "countips/formats/text_model.h"

#include <algorithm>

#include "countips/times/digits.h"

namespace countips {

namespace {

constexpr std::size_t clock_size = 8;  // 03:04:05

bool is_clock(const char* text) {
  constexpr std::string_view shape = "00:00:00";
  return std::equal(shape.begin(), shape.end(), text,
                    [](char wanted, char c) { return wanted == '0' ? is_digit(c) : c == wanted; });
}

}  // namespace

void text_model::learn(std::string_view text, std::string_view time) {
  size_ = 0;
  if (text.empty() || text.size() > longest) return;
  if (++misses_ > few_misses && misses_ % few_misses != 0) return;
  size_ = text.size();
  blocks_ = (size_ + block - 1) / block;
  least_.fill(0);
  more_.fill('\xff');
  std::ranges::copy(text, least_.begin());
  std::fill_n(more_.begin(), size_, '\0');
  const auto begin = static_cast<std::size_t>(time.data() - text.data());
  allow_other_clocks(begin, begin + time.size());
}

void text_model::allow_other_clocks(std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at + clock_size <= end &&
         ((at > begin && is_digit(least_[at - 1])) || !is_clock(&least_[at]))) {
    ++at;
  }
  if (at + clock_size > end) return;
  const auto allow = [this](std::size_t place, char digits) {
    least_[place] = '0';
    more_[place] = static_cast<char>(digits - 1);
  };
  allow(at + 3, 6);
  allow(at + 4, 10);
  allow(at + 6, 6);
  allow(at + 7, 10);
  at += clock_size;
  if (at == end || (least_[at] != '.' && least_[at] != ',')) return;
  while (++at < end && is_digit(least_[at])) allow(at, 10);
}

}  // namespace countips
