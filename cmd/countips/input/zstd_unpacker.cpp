// zstd, by its own library.
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <new>

#include "countips/input/unpacker.h"

namespace countips {

namespace {

class zstd_unpacker final : public unpacker {
 public:
  zstd_unpacker() : context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    // Whatever window the packer was allowed, as zstd --long=31 does.
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax,
                           ZSTD_dParam_getBounds(ZSTD_d_windowLogMax).upperBound);
  }

  outcome unpack(std::span<const char>& in, std::span<char>& out) override {
    // Only as much as the library says it needs next, a block: when it finds damage it drops what
    // the same call has unpacked before.
    ZSTD_inBuffer input{in.data(), std::min(in.size(), wanted_), 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const std::size_t result = ZSTD_decompressStream(context_.get(), &output, &input);
    in = in.subspan(input.pos);
    out = out.subspan(output.pos);
    if (ZSTD_isError(result) != 0) return meaning_of(ZSTD_getErrorCode(result));
    wanted_ = result == 0 ? first_wanted : result;
    return result == 0 ? outcome::member_ended : outcome::going_on;
  }

  // A frame with data, or one to skip.
  [[nodiscard]] bool may_begin_with(char first) const override {
    return first == '\x28' || (first & '\xf0') == '\x50';
  }

 private:
  static constexpr std::size_t first_wanted = 4;  // The magic.

  static outcome meaning_of(ZSTD_ErrorCode code) {
    if (code == ZSTD_error_prefix_unknown) return outcome::not_a_member;
    if (code == ZSTD_error_memory_allocation) return outcome::out_of_memory;
    return outcome::damaged;
  }

  struct deleter {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_DCtx, deleter> context_;
  std::size_t wanted_ = first_wanted;
};

}  // namespace

std::unique_ptr<unpacker> make_zstd_unpacker() {
  return std::make_unique<zstd_unpacker>();
}

}  // namespace countips
