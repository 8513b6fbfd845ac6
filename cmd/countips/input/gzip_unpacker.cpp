// gzip, by ISA-L: it is faster than zlib.
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "countips/input/gzip_header.h"
#include "countips/input/unpacker.h"

namespace countips {

namespace {

std::uint32_t size_for_isal(std::size_t size) {
  return static_cast<std::uint32_t>(
      std::min<std::size_t>(size, std::numeric_limits<std::int32_t>::max()));
}

class gzip_unpacker final : public unpacker {
 public:
  gzip_unpacker() {
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP_NO_HDR_VER;  // Expects a trailer, and checks the sum.
  }

  outcome unpack(std::span<const char>& in, std::span<char>& out) override {
    return in_header_ ? take_header(in) : inflate(in, out);
  }

  [[nodiscard]] bool may_begin_with(char first) const override { return first == '\x1f'; }

 private:
  outcome take_header(std::span<const char>& in) {
    switch (header_.take(in)) {
      case gzip_header::state::no_header:
        return outcome::not_a_member;
      case gzip_header::state::damaged:
        return outcome::damaged;
      case gzip_header::state::ended:
        in_header_ = false;
        isal_inflate_reset(&state_);
        break;
      case gzip_header::state::going_on:
        break;
    }
    return outcome::going_on;
  }

  outcome inflate(std::span<const char>& in, std::span<char>& out) {
    // The library does not write to its input.
    state_.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
    state_.avail_in = size_for_isal(in.size());
    state_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    state_.avail_out = size_for_isal(out.size());
    const int status = isal_inflate(&state_);
    in = in.subspan(size_for_isal(in.size()) - state_.avail_in);
    out = out.subspan(size_for_isal(out.size()) - state_.avail_out);
    if (status < 0) return outcome::damaged;
    in_header_ = state_.block_state == ISAL_BLOCK_FINISH;
    return in_header_ ? outcome::member_ended : outcome::going_on;
  }

  gzip_header header_;
  bool in_header_ = true;
  inflate_state state_;
};

}  // namespace

std::unique_ptr<unpacker> make_gzip_unpacker() {
  return std::make_unique<gzip_unpacker>();
}

}  // namespace countips
