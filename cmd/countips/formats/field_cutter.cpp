#include "countips/formats/field_cutter.h"

#include <cstring>
#include <limits>

namespace countips {

namespace {

const char* find_one(const char* at, const char* end, char c) {
  const void* found = at == end ? nullptr : std::memchr(at, c, static_cast<std::size_t>(end - at));
  return found == nullptr ? end : static_cast<const char*>(found);
}

bool is_number_or_dash(char c) {
  return (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

field_cutter::field_cutter(std::string_view line, const field_syntax& syntax)
    : at_(line.data()),
      end_(line.data() + line.size()),
      has_more_(!line.empty()),
      separator_(syntax.between == separator::tab ? '\t' : ' '),
      other_(syntax.between == separator::blank ? ' ' : '\t'),
      quote_(syntax.quotes == quoting::none ? separator_ : '"'),
      bracket_(syntax.brackets ? '[' : separator_),
      in_runs_(syntax.between == separator::white),
      quotes_(syntax.quotes),
      separators_(line, separator_, other_),
      quote_marks_(line, '"', '"') {}

bool field_cutter::next_before_number(std::string_view& field) {
  if (!at_field() || at_ == end_ || *at_ != '"') return false;
  field = take_quoted(true);
  return true;
}

std::size_t field_cutter::count_rest() {
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  std::size_t count = skip_words(all);
  for (std::string_view skipped; next(skipped);) count += 1 + skip_words(all);
  return count;
}

// At a quote, a bracket, or the separator behind an empty field.
std::string_view field_cutter::take_enclosed() {
  if (is_separator(*at_)) return take_word();
  if (*at_ == '"') return take_quoted(false);
  const char* const begin = at_ + 1;
  const char* close = find_one(begin, end_, ']');
  const bool is_address = close != end_ && !is_end(close + 1) && separators_.next(begin) > close;
  if (is_address) return take_word();
  while (close != end_ && !is_end(close + 1)) close = find_one(close + 1, end_, ']');
  return leave(begin, close, close == end_ ? end_ : close + 1);
}

std::string_view field_cutter::take_quoted(bool before_number) {
  const char* const begin = at_ + 1;
  for (const char* quote = begin;; ++quote) {
    quote = quote_marks_.next(quote);
    if (quote == end_) return leave(begin, end_, end_);
    if (quotes_ == quoting::doubled && quote + 1 != end_ && quote[1] == '"') {
      ++quote;
    } else if (closes(quote) &&
               (!before_number || end_ - quote < 3 || is_number_or_dash(quote[2]))) {
      return leave(begin, quote, quote + 1);
    }
  }
}

bool field_cutter::closes(const char* quote) const {
  if (!is_end(quote + 1)) return false;
  if (quotes_ != quoting::plain) return true;
  const char* slashes = quote;
  while (slashes[-1] == '\\') --slashes;  // The opening quote ends the search.
  return (quote - slashes) % 2 == 0;
}

}  // namespace countips
