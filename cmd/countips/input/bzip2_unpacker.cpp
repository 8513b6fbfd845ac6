// bzip2, by its own library.
#include <bzlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "countips/input/unpacker.h"

namespace countips {

namespace {

unsigned int size_for_bzip2(std::size_t size) {
  return static_cast<unsigned int>(
      std::min<std::size_t>(size, std::numeric_limits<unsigned int>::max()));
}

class bzip2_unpacker final : public unpacker {
 public:
  bzip2_unpacker() { begin(); }
  ~bzip2_unpacker() override { BZ2_bzDecompressEnd(&stream_); }
  bzip2_unpacker(const bzip2_unpacker&) = delete;
  bzip2_unpacker& operator=(const bzip2_unpacker&) = delete;

  outcome unpack(std::span<const char>& in, std::span<char>& out) override {
    if (ended_) begin_again();
    stream_.next_in = const_cast<char*>(in.data());  // The library does not write to it.
    stream_.avail_in = size_for_bzip2(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = size_for_bzip2(out.size());
    const int status = BZ2_bzDecompress(&stream_);
    in = in.subspan(size_for_bzip2(in.size()) - stream_.avail_in);
    out = out.subspan(size_for_bzip2(out.size()) - stream_.avail_out);
    ended_ = status == BZ_STREAM_END;
    return meaning_of(status);
  }

  [[nodiscard]] bool may_begin_with(char first) const override { return first == 'B'; }

 private:
  static outcome meaning_of(int status) {
    switch (status) {
      case BZ_OK:
        return outcome::going_on;
      case BZ_STREAM_END:
        return outcome::member_ended;
      case BZ_DATA_ERROR_MAGIC:
        return outcome::not_a_member;
      case BZ_MEM_ERROR:
        return outcome::out_of_memory;
      default:
        return outcome::damaged;
    }
  }

  void begin() {
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
  }

  // The library has no other way to start afresh.
  void begin_again() {
    BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
    begin();
  }

  bz_stream stream_{};
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<unpacker> make_bzip2_unpacker() {
  return std::make_unique<bzip2_unpacker>();
}

}  // namespace countips
