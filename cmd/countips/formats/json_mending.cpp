#include "countips/formats/json_mending.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace countips {

namespace {

class mender {
 public:
  explicit mender(std::span<char> document) : text_(document) {}

  bool mend() {
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\\') {
        ++at_;
      } else if (c == '"') {
        pass_string();
      } else if (c == ':') {
        mend_value();
      }
    }
    return has_changed_;
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  static bool ends_value(char c) { return c == ',' || c == '}'; }

  [[nodiscard]] std::size_t behind_blanks(std::size_t from) const {
    while (from < text_.size() && is_blank(text_[from])) ++from;
    return from;
  }

  // Behind the quote that begins it.
  void pass_string() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    key_begin_ = begin;
    key_end_ = std::min(at_, text_.size());
    ++at_;
  }

  // Behind the colon.
  void mend_value() {
    const std::size_t colon = at_ - 1;
    at_ = behind_blanks(at_);
    if (at_ == text_.size()) return;
    if (std::string_view("\"{[").find(text_[at_]) != std::string_view::npos) return;
    if (ends_value(text_[at_]) && !add_value(colon)) return;
    while (at_ < text_.size() && !ends_value(text_[at_]) && !is_blank(text_[at_])) ++at_;
    blank_the_others();
  }

  // The key gives up its last byte: its quotes and the colon move to the front by one. False if it
  // has none.
  bool add_value(std::size_t colon) {
    if (colon != key_end_ + 1 || key_begin_ == key_end_) return false;
    std::fill(text_.begin() + static_cast<std::ptrdiff_t>(key_begin_),
              text_.begin() + static_cast<std::ptrdiff_t>(key_end_ - 1), 'x');
    text_[key_end_ - 1] = '"';
    text_[key_end_] = ':';
    text_[colon] = '0';
    return has_changed_ = true;
  }

  // What stands between the first value and the end of all.
  void blank_the_others() {
    for (; at_ < text_.size() && !ends_all(at_); ++at_) {
      has_changed_ = has_changed_ || !is_blank(text_[at_]);
      text_[at_] = ' ';
    }
  }

  [[nodiscard]] bool ends_all(std::size_t at) const {
    if (text_[at] != ',') return text_[at] == '}';
    const std::size_t next = behind_blanks(at + 1);
    return next < text_.size() && text_[next] == '"';
  }

  std::span<char> text_;
  std::size_t at_ = 0;
  std::size_t key_begin_ = 0;  // Of the last string, without its quotes.
  std::size_t key_end_ = 0;
  bool has_changed_ = false;
};

}  // namespace

bool mend_values(std::span<char> document) {
  return mender(document).mend();
}

}  // namespace countips
