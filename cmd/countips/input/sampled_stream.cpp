#include "countips/input/sampled_stream.h"

#include <algorithm>
#include <utility>

namespace countips {

std::string_view sampled_stream::look_ahead(std::size_t size) {
  std::size_t filled = ahead_.size();
  ahead_.resize(std::max(size, filled));
  while (filled < ahead_.size() && !ended_ && !failed_) {
    const auto got = from_->read(std::span(ahead_).subspan(filled));
    if (!got) failed_ = got.error();
    ended_ = got && *got == 0;
    filled += got.value_or(0);
    if (is_hole_) filled = drop_hole(filled);
  }
  ahead_.resize(filled);
  return {ahead_.data(), ahead_.size()};
}

std::size_t sampled_stream::drop_hole(std::size_t filled) {
  const auto end = ahead_.begin() + static_cast<std::ptrdiff_t>(filled);
  const auto first = std::find_if(ahead_.begin(), end, [](char c) { return c != 0; });
  std::move(first, end, ahead_.begin());
  is_hole_ = first == end;
  return static_cast<std::size_t>(end - first);
}

par::expected<std::size_t, failure> sampled_stream::read(std::span<char> into) {
  if (given_ < ahead_.size()) {
    const std::size_t size = std::min(into.size(), ahead_.size() - given_);
    std::copy_n(ahead_.data() + given_, size, into.data());
    given_ += size;
    if (given_ == ahead_.size()) ahead_ = {}, given_ = 0;
    return size;
  }
  if (failed_) return par::unexpected<failure>(*std::exchange(failed_, std::nullopt));
  if (ended_) return std::size_t{0};
  return from_->read(into);
}

}  // namespace countips
