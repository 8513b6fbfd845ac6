// Takes a text apart into lines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "countips/formats/line_ends.h"

namespace countips {

// Lines whose ends have been found.
struct found_lines {
  const char* begin = nullptr;               // Of the first; the next begins behind its end.
  const char* base = nullptr;                // From where
  std::span<const std::uint16_t> ends = {};  // the place of each line end is counted.
  const char* readable_end = nullptr;        // Of the text.
};

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

  // The next lines, some of them; none at the end, or if the next has no line end.
  [[nodiscard]] found_lines ahead() {
    while (taken_ == found_ && scanned_ < text_.size()) scan();
    return {text_.data() + begin_, text_.data() + base_,
            std::span<const std::uint16_t>(ends_).subspan(taken_, found_ - taken_),
            text_.data() + text_.size()};
  }

  // Takes so many of those ahead.
  void skip(std::size_t lines) {
    if (lines == 0) return;
    taken_ += lines;
    begin_ = base_ + ends_[taken_ - 1] + 1;
  }

 private:
  bool take_rest(std::string_view& line) {
    line = text_.substr(begin_);
    begin_ = text_.size();
    return !line.empty();
  }

  // Fills ends_ with the line ends of the next piece of text.
  void scan() noexcept {
    base_ = scanned_;
    taken_ = 0;
    const std::string_view piece = text_.substr(base_, most_for_line_ends);
    found_ = find_line_ends(piece, ends_);
    scanned_ += piece.size();
  }

  const std::string_view text_;
  std::size_t begin_ = 0;    // Of the next line.
  std::size_t scanned_ = 0;  // How much of the text has been looked through,
  std::size_t base_ = 0;     // and from where on the last time.
  std::size_t taken_ = 0;    // Of the `found_` line ends of that time.
  std::size_t found_ = 0;
  std::array<std::uint16_t, most_for_line_ends + 1> ends_;  // Counted from base_.
};

}  // namespace countips
