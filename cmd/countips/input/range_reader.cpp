#include "countips/input/range_reader.h"

#include <algorithm>

#include "countips/input/reading.h"

namespace countips {

namespace {

// What is read behind the range at once, to finish its last line: nearly every line is shorter.
constexpr std::size_t usual_line = std::size_t{4} << 10;

}  // namespace

or_errno<std::string_view> range_reader::read(source& from, byte_range range,
                                              std::size_t longest_line) {
  // The byte before the range tells whether a line starts at its first byte.
  const std::uint64_t first = range.begin == 0 ? 0 : range.begin - 1;
  const auto own = static_cast<std::size_t>(range.end - first);
  const std::size_t most = own + longest_line;
  std::size_t start = 0;
  lead_ = static_cast<std::size_t>(first % alignment);
  size_ = 0;
  error_ = 0;
  for (std::size_t wanted = std::min(own + usual_line, most);;
       wanted = std::min(2 * wanted, most)) {
    const bool all = read_up_to(from, first, wanted);
    const std::string_view text(room(size_).data(), size_);
    if (range.begin > 0 && start == 0) start = text.substr(0, own).find('\n') + 1;
    const bool starts_here = start < own && (range.begin == 0 || start > 0);
    if (!starts_here && size_ >= own) return std::string_view();
    const std::size_t end = text.find('\n', own - 1);
    if (end != std::string_view::npos) return text.substr(start, end + 1 - start);
    if (error_ != 0) return par::unexpected<int>(error_);
    if (!starts_here) return std::string_view();
    if (!all || wanted == most) return text.substr(std::min(start, text.size()));
  }
}

// False if the file ends first, or cannot be read further.
bool range_reader::read_up_to(source& from, std::uint64_t first, std::size_t wanted) {
  while (size_ < wanted) {
    const or_errno<std::size_t> got =
        read_fully_at(from, first + size_, room(wanted).subspan(size_));
    if (!got) error_ = got.error();
    if (!got || *got == 0) return false;
    size_ += *got;
  }
  return true;
}

// For the text, whose first bytes keep their values.
std::span<char> range_reader::room(std::size_t size) {
  const std::size_t pieces = (lead_ + size + alignment - 1) / alignment;
  if (buffer_.size() < pieces) buffer_.resize(pieces);
  return {reinterpret_cast<char*>(buffer_.data()) + lead_, size};
}

}  // namespace countips
