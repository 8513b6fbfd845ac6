// Takes a text apart into lines.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "countips/formats/line_end_masks.h"

namespace countips {

// Gives the lines one after the other, without their line ends (LF; a CR before it is left where it
// is). Looks for the line ends of a few kilobytes at once, because whether the next sixteen bytes
// have one is what no processor can foresee. The text must stay where it is. Not thread-safe.
class line_splitter {
 public:
  explicit line_splitter(std::string_view text) : text_(text) {}

  // False if there is none left. The last line is one even without a line end, unless it is empty.
  bool next(std::string_view& line) {
    while (taken_ == found_) {
      if (scanned_ == text_.size()) return take_rest(line);
      scan();
    }
    const std::size_t end = base_ + ends_[taken_++];
    line = text_.substr(begin_, end - begin_);
    begin_ = end + 1;
    return true;
  }

 private:
  static constexpr std::size_t word = line_end_word;
  static constexpr std::size_t words_at_once = 64;
  static constexpr std::size_t most_at_once = words_at_once * word;

  bool take_rest(std::string_view& line) {
    line = text_.substr(begin_);
    begin_ = text_.size();
    return !line.empty();
  }

  void add_all(std::uint64_t ends, std::size_t at) noexcept {
    for (; ends != 0; ends &= ends - 1) {
      ends_[found_++] =
          static_cast<std::uint16_t>(at + static_cast<unsigned>(std::countr_zero(ends)));
    }
  }

  // Fills ends_ with the line ends of the next piece of text.
  void scan() noexcept {
    base_ = scanned_;
    taken_ = found_ = 0;
    const std::size_t size = std::min(text_.size() - base_, most_at_once);
    const char* const piece = text_.data() + base_;
    const std::span masks = std::span(masks_).first(size / word);
    find_line_ends(piece, masks);
    std::size_t at = 0;
    for (const std::uint64_t ends : masks) {
      // At most one, as a rule: noted without a branch on whether there is.
      ends_[found_] =
          static_cast<std::uint16_t>(at + static_cast<unsigned>(std::countr_zero(ends)));
      found_ += ends != 0 ? 1 : 0;
      add_all(ends & (ends - 1), at);
      at += word;
    }
    for (; at < size; ++at) {
      if (piece[at] == '\n') ends_[found_++] = static_cast<std::uint16_t>(at);
    }
    scanned_ = base_ + size;
  }

  const std::string_view text_;
  std::size_t begin_ = 0;    // Of the next line.
  std::size_t scanned_ = 0;  // How much of the text has been looked through,
  std::size_t base_ = 0;     // and from where on the last time.
  std::size_t taken_ = 0;    // Of the `found_` line ends of that time.
  std::size_t found_ = 0;
  std::array<std::uint16_t, most_at_once + 1> ends_;  // Counted from base_.
  std::array<std::uint64_t, words_at_once> masks_;
};

}  // namespace countips
