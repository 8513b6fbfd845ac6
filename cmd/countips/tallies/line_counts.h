// What the lines of a log were.
#pragma once

#include <cstdint>

#include "countips/records/record.h"

namespace countips {

// lines = accepted + other + comments + blank + rejected, always. Filters choose among the accepted
// ones: `counted` of them are requests that the user asked for.
struct line_counts {
  std::uint64_t lines = 0;
  std::uint64_t accepted = 0;
  std::uint64_t counted = 0;
  std::uint64_t other = 0;
  std::uint64_t comments = 0;
  std::uint64_t blank = 0;
  std::uint64_t rejected = 0;
  std::uint64_t first_rejected = 0;  // Number of that line, the first being 1; 0 if there is none.
  reject_reason first_reason = reject_reason::none;

  // Those that say something: neither comments nor blank.
  [[nodiscard]] std::uint64_t records() const { return lines - comments - blank; }

  // Adds the counts of the lines that follow.
  void append(const line_counts& next) {
    if (rejected == 0 && next.rejected != 0) {
      first_rejected = lines + next.first_rejected;
      first_reason = next.first_reason;
    }
    lines += next.lines;
    accepted += next.accepted;
    counted += next.counted;
    other += next.other;
    comments += next.comments;
    blank += next.blank;
    rejected += next.rejected;
  }

  friend bool operator==(const line_counts&, const line_counts&) = default;
};

}  // namespace countips
