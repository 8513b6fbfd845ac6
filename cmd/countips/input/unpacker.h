// One method of compression: what every library that unpacks is made to look like.
#pragma once

#include <memory>
#include <span>

namespace countips {

// Unpacks one member (gzip), frame (zstd) or stream (bzip2, xz) after the other. Not thread-safe.
class unpacker {
 public:
  enum class outcome {
    going_on,       // Wants more input, or more room.
    member_ended,   // The input left over is not of it.
    not_a_member,   // What is there does not begin as one.
    damaged,        // No more can be had of the data.
    out_of_memory,  // The data ask for more than there is.
  };

  virtual ~unpacker() = default;

  // Takes from the front of `in` and fills the front of `out`; what has been used is cut off both.
  // The first call begins a member, and so does the one after `member_ended`. While neither
  // is empty, a call uses some of one of them. After any other outcome but `member_ended` it must
  // not be called again.
  [[nodiscard]] virtual outcome unpack(std::span<const char>& in, std::span<char>& out) = 0;

  // Whether a member can begin with this byte.
  [[nodiscard]] virtual bool may_begin_with(char first) const = 0;
};

[[nodiscard]] std::unique_ptr<unpacker> make_gzip_unpacker();   // RFC 1952
[[nodiscard]] std::unique_ptr<unpacker> make_zstd_unpacker();   // RFC 8878, also skippable frames
[[nodiscard]] std::unique_ptr<unpacker> make_bzip2_unpacker();  // bzip2 1.0
[[nodiscard]] std::unique_ptr<unpacker> make_xz_unpacker();     // .xz, not .lzma

}  // namespace countips
