// Takes a block apart into lines.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include "countips/clients/address_run.h"
#include "countips/formats/line_splitter.h"
#include "countips/formats/log_format.h"

namespace countips {

// Takes the first line off the text, without its line end (LF; a CR before it is left).
[[nodiscard]] inline std::string_view take_line(std::string_view& text) {
  const void* end = std::memchr(text.data(), '\n', text.size());
  if (end == nullptr) return std::exchange(text, {});
  const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - text.data());
  const std::string_view line = text.substr(0, size);
  text.remove_prefix(size + 1);
  return line;
}

[[nodiscard]] inline bool is_blank_line(std::string_view line) {
  return line.find_first_not_of(" \t\r\v\f") == std::string_view::npos;
}

// What editors leave in front of a text.
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// The line without a byte order mark, or the NULs of a hole, in front of it: that is what a server
// leaves that goes on writing where it was in a file that has been truncated.
[[nodiscard]] inline std::string_view without_lead(std::string_view line) {
  if (line.empty() || (line[0] != '\0' && line[0] != byte_order_mark[0])) return line;
  if (line.starts_with(byte_order_mark)) return line.substr(byte_order_mark.size());
  const std::size_t hole = line.find_first_not_of('\0');
  return hole == std::string_view::npos ? line : line.substr(hole);
}

// A block_reader around a reader of lines, which has these members:
//   line_kind read(std::string_view line);        a line without its line end, and cut at the
//                                                 longest; a CR at its end is still there
//   const record& last() const;                   what a line_kind::request said, and those that
//                                                 repeat it
//   reject_reason why() const;                    of a line_kind::rejected
// Blank lines need not be told, nor comments: what is rejected and blank is blank, and what is
// rejected and begins with # is a comment in any format.
// It may also have this one, for a quick way through lines that differ in little:
//   bool read_alike(line_splitter& from, address_run& into);
//                                                 takes the next lines if they are requests of the
//                                                 day of the last one and at most the status is
//                                                 wanted of them; false if there are none. Looks
//                                                 at no more than 300 bytes of a line
template <class LineReader>
class lines_reader final : public block_reader {
 public:
  template <class... Args>
  explicit lines_reader(const read_rules& rules, Args&&... args)
      : longest_(rules.longest_line), lines_(std::forward<Args>(args)...) {}

  void read(std::string_view block, block_sink& into) override {
    line_splitter lines(block);
    for (std::string_view line; lines.next(line);) {
      take(line.substr(0, longest_), into);
      if constexpr (requires { lines_.read_alike(lines, alike_); }) {
        if (longest_ < looked_at) continue;
        while (lines_.read_alike(lines, alike_)) into.same_day(lines_.last(), alike_);
      }
    }
  }

 private:
  static constexpr std::size_t looked_at = 300;

  void take(std::string_view line, block_sink& into) {
    const std::string_view bare = without_lead(line);
    switch (lines_.read(bare)) {
      case line_kind::request:
        if (!into.request(lines_.last())) into.reject(reject_reason::no_time, line);
        return;
      case line_kind::repeated:
        return into.repeat(lines_.last().who);
      case line_kind::same_day:
        return into.same_day(lines_.last().who);
      case line_kind::other:
        return into.other();
      case line_kind::comment:
        return into.comment();
      case line_kind::blank:
        return into.blank();
      case line_kind::rejected:
        return reject(line, bare, into);
    }
  }

  void reject(std::string_view line, std::string_view bare, block_sink& into) {
    if (is_blank_line(bare)) return into.blank();
    if (bare.starts_with('#')) return into.comment();
    into.reject(lines_.why(), line);
  }

  const std::size_t longest_;
  LineReader lines_;
  address_run alike_;
};

}  // namespace countips
