// gzip, by ISA-L: it is faster than zlib.
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <limits>

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
    state_.crc_flag = ISAL_GZIP;  // Expects header and trailer, and checks the sum.
  }

  outcome unpack(std::span<const char>& in, std::span<char>& out) override {
    if (ended_) isal_inflate_reset(&state_);
    // The library does not write to its input.
    state_.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(in.data()));
    state_.avail_in = size_for_isal(in.size());
    state_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    state_.avail_out = size_for_isal(out.size());
    const int status = isal_inflate(&state_);
    in = in.subspan(size_for_isal(in.size()) - state_.avail_in);
    out = out.subspan(size_for_isal(out.size()) - state_.avail_out);
    if (status == ISAL_INVALID_WRAPPER) return outcome::not_a_member;
    if (status < 0) return outcome::damaged;
    ended_ = state_.block_state == ISAL_BLOCK_FINISH;
    return ended_ ? outcome::member_ended : outcome::going_on;
  }

  [[nodiscard]] bool may_begin_with(char first) const override { return first == '\x1f'; }

 private:
  inflate_state state_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<unpacker> make_gzip_unpacker() {
  return std::make_unique<gzip_unpacker>();
}

}  // namespace countips
