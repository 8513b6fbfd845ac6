#include "countips/gzip_stream.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

namespace countips {

struct gzip_stream::state {
  inflate_state inflate;
  std::array<char, std::size_t{64} << 10> input;
  bool in_member = true;  // The first is opened by whoever found that this is a gzip file.
  bool first_member = true;
  bool ended = false;
  std::optional<failure> failed;
};

gzip_stream::gzip_stream(std::unique_ptr<byte_stream> packed)
    : packed_(std::move(packed)), state_(std::make_unique<state>()) {
  isal_inflate_init(&state_->inflate);
  state_->inflate.crc_flag = ISAL_GZIP;  // Expects header and trailer, and checks the sum.
  state_->inflate.avail_in = 0;
}

gzip_stream::~gzip_stream() = default;

par::expected<std::size_t, failure> gzip_stream::read(std::span<char> into) {
  inflate_state& inflater = state_->inflate;
  const auto room = static_cast<std::uint32_t>(
      std::min<std::size_t>(into.size(), std::numeric_limits<std::int32_t>::max()));
  inflater.next_out = reinterpret_cast<std::uint8_t*>(into.data());
  inflater.avail_out = room;
  while (inflater.avail_out == room && !state_->failed && !state_->ended) {
    state_->failed = state_->in_member ? inflate() : begin_member();
  }
  if (inflater.avail_out != room) return room - inflater.avail_out;
  if (state_->failed) return par::unexpected<failure>(*state_->failed);
  return 0;
}

// Unpacks until there is output, the member ends, or more input has been fetched.
std::optional<failure> gzip_stream::inflate() {
  inflate_state& inflater = state_->inflate;
  const std::uint32_t room = inflater.avail_out;
  const int status = isal_inflate(&inflater);
  if (status == ISAL_INVALID_WRAPPER && !state_->first_member) {
    return failure{failure::kind::trailing};
  }
  if (status < 0) return failure{failure::kind::corrupt};
  if (inflater.block_state == ISAL_BLOCK_FINISH) {
    state_->in_member = false;
    return std::nullopt;
  }
  if (inflater.avail_out != room || inflater.avail_in != 0) return std::nullopt;
  if (const auto failed = refill()) return failed;
  if (inflater.avail_in == 0) return failure{failure::kind::truncated};
  return std::nullopt;
}

// Finds out what follows a member: zeros and the end, or another one.
std::optional<failure> gzip_stream::begin_member() {
  inflate_state& inflater = state_->inflate;
  while (inflater.avail_in > 0 && *inflater.next_in == 0) {
    ++inflater.next_in;
    --inflater.avail_in;
  }
  if (inflater.avail_in == 0) {
    const auto failed = refill();
    state_->ended = !failed && inflater.avail_in == 0;
    return failed;
  }
  if (*inflater.next_in != 0x1f) return failure{failure::kind::trailing};
  isal_inflate_reset(&inflater);
  state_->in_member = true;
  state_->first_member = false;
  return std::nullopt;
}

// REQUIRES all input to be used up. Leaves none if the file has ended.
std::optional<failure> gzip_stream::refill() {
  const auto got = packed_->read(state_->input);
  if (!got) return got.error();
  state_->inflate.next_in = reinterpret_cast<std::uint8_t*>(state_->input.data());
  state_->inflate.avail_in = static_cast<std::uint32_t>(*got);
  return std::nullopt;
}

}  // namespace countips
