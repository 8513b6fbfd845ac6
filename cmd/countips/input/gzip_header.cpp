#include "countips/input/gzip_header.h"

#include <isa-l/crc.h>

#include <array>
#include <cstddef>

namespace countips {

namespace {

constexpr std::uint8_t has_checksum = 0x02, has_extra = 0x04, has_name = 0x08, has_comment = 0x10,
                       reserved = 0xe0;
constexpr std::array<std::uint8_t, 2> magic = {0x1f, 0x8b};
constexpr std::uint8_t deflate = 8;
constexpr std::uint32_t fixed_size = 10, method_at = 2, flags_at = 3;

}  // namespace

gzip_header::state gzip_header::take(std::span<const char>& from) {
  state found = state::going_on;
  while (found == state::going_on && !from.empty()) {
    found = take_byte(static_cast<std::uint8_t>(from.front()));
    from = from.subspan(1);
  }
  if (found != state::going_on) *this = {};
  return found;
}

gzip_header::state gzip_header::take_byte(std::uint8_t byte) {
  if (now_ == part::checksum) return take_checksum(byte);
  sum_ = ::crc32_gzip_refl(sum_, &byte, 1);
  ++taken_;
  switch (now_) {
    case part::fixed:
      return take_fixed(byte);
    case part::extra_size:
      size_ |= std::uint32_t{byte} << 8 * (taken_ - 1);
      if (taken_ == 2) go_on();
      break;
    case part::extra:
      if (taken_ == size_) go_on();
      break;
    default:  // A name or comment.
      if (byte == 0) go_on();
  }
  return now_ == part::data ? state::ended : state::going_on;
}

gzip_header::state gzip_header::take_fixed(std::uint8_t byte) {
  const std::size_t at = taken_ - 1;
  if (at < magic.size() && byte != magic[at]) return state::no_header;
  if (at == flags_at) flags_ = byte;
  const bool is_known_method = at != method_at || byte == deflate;
  if (!is_known_method || (flags_ & reserved) != 0) return state::damaged;
  if (taken_ == fixed_size) go_on();
  return now_ == part::data ? state::ended : state::going_on;
}

gzip_header::state gzip_header::take_checksum(std::uint8_t byte) {
  const std::uint32_t wanted = sum_ >> 8 * taken_ & 0xff;
  if (byte != wanted) return state::damaged;
  return ++taken_ == 2 ? state::ended : state::going_on;
}

// To the next part that the header has.
void gzip_header::go_on() {
  taken_ = 0;
  do {
    now_ = static_cast<part>(static_cast<int>(now_) + 1);
  } while (!has(now_));
}

bool gzip_header::has(part which) const {
  switch (which) {
    case part::extra_size:
      return (flags_ & has_extra) != 0;
    case part::extra:
      return size_ != 0;
    case part::name:
      return (flags_ & has_name) != 0;
    case part::comment:
      return (flags_ & has_comment) != 0;
    case part::checksum:
      return (flags_ & has_checksum) != 0;
    default:
      return true;
  }
}

}  // namespace countips
