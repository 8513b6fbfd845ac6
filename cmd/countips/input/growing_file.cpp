#include "countips/input/growing_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "countips/input/reading.h"

namespace countips {

namespace {

constexpr std::size_t piece_size = std::size_t{256} << 10;

par::unexpected<failure> read_failure(int error_number) {
  return par::unexpected<failure>({failure::kind::read, error_number});
}

}  // namespace

par::expected<std::string_view, failure> growing_file::next() {
  while (!ended_) {
    const or_errno<bool> shorter = has_become_shorter();
    if (shorter && *shorter) {
      offset_ = 0;
      if (const std::string_view rest = take_rest(); !rest.empty()) return rest;
    }
    const or_errno<std::size_t> got = shorter ? read_more() : par::unexpected<int>(shorter.error());
    if (!got) {
      ended_ = true;
      return read_failure(got.error());
    }
    if (*got == 0) break;
    if (const std::string_view lines = take_lines(); !lines.empty()) return lines;
  }
  return std::string_view();
}

std::string_view growing_file::take_rest() {
  const std::string_view rest(buffer_.data() + taken_, filled_ - taken_);
  taken_ = filled_;
  return rest;
}

or_errno<bool> growing_file::has_become_shorter() {
  if (!is_regular_) return false;
  const or_errno<file_info> info = from_->look();
  if (!info) return par::unexpected<int>(info.error());
  return info->size < offset_;
}

// Puts it behind what has been read before; 0 if there is no more at present.
or_errno<std::size_t> growing_file::read_more() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(taken_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
  filled_ -= std::exchange(taken_, 0);
  drop_hole();
  filled_ = std::min(filled_, longest_line_);
  buffer_.resize(filled_ + piece_size);
  const std::span<char> room = std::span(buffer_).subspan(filled_);
  if (!is_regular_ && !from_->wait_readable(std::chrono::milliseconds(0))) return 0;
  const or_errno<std::size_t> got =
      is_regular_ ? read_fully_at(*from_, offset_, room) : from_->read(room);
  if (!got && (got.error() == EINTR || got.error() == EAGAIN)) return 0;
  if (!got) return got;
  if (!is_regular_ && *got == 0) ended_ = true;
  offset_ += *got;
  filled_ += *got;
  return got;
}

// The NULs that a server leaves in front of a line when its file is truncated under it are none of
// the line, and may be many more than a line can have.
void growing_file::drop_hole() {
  const auto begin = buffer_.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(filled_);
  const auto line = std::find_if(begin, end, [](char c) { return c != '\0'; });
  filled_ = static_cast<std::size_t>(std::copy(line, end, begin) - begin);
}

std::string_view growing_file::take_lines() {
  const std::string_view text(buffer_.data(), filled_);
  taken_ = text.rfind('\n') + 1;  // 0 if there is none.
  return text.substr(0, taken_);
}

}  // namespace countips
