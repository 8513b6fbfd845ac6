// xz, by liblzma.
#include <lzma.h>

#include <cstdint>
#include <limits>
#include <new>

#include "countips/input/unpacker.h"

namespace countips {

namespace {

class xz_unpacker final : public unpacker {
 public:
  xz_unpacker() { begin(); }
  ~xz_unpacker() override { lzma_end(&stream_); }
  xz_unpacker(const xz_unpacker&) = delete;
  xz_unpacker& operator=(const xz_unpacker&) = delete;

  outcome unpack(std::span<const char>& in, std::span<char>& out) override {
    if (ended_) begin();
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    stream_.avail_in = in.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream_.avail_out = out.size();
    const lzma_ret status = lzma_code(&stream_, LZMA_RUN);
    in = in.last(stream_.avail_in);
    out = out.last(stream_.avail_out);
    ended_ = status == LZMA_STREAM_END;
    return meaning_of(status);
  }

  [[nodiscard]] bool may_begin_with(char first) const override { return first == '\xfd'; }

 private:
  static outcome meaning_of(lzma_ret status) {
    switch (status) {
      case LZMA_OK:
      case LZMA_BUF_ERROR:  // Two calls without input or room are none to worry about.
        return outcome::going_on;
      case LZMA_STREAM_END:
        return outcome::member_ended;
      case LZMA_FORMAT_ERROR:
        return outcome::not_a_member;
      case LZMA_MEM_ERROR:
        return outcome::out_of_memory;
      default:
        return outcome::damaged;
    }
  }

  // Keeps the memory of the stream before.
  void begin() {
    constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();
    if (lzma_stream_decoder(&stream_, no_limit, 0) != LZMA_OK) throw std::bad_alloc();
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<unpacker> make_xz_unpacker() {
  return std::make_unique<xz_unpacker>();
}

}  // namespace countips
