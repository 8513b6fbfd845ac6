// The header of a gzip member (RFC 1952, 2.3).
#pragma once

#include <cstdint>
#include <span>

namespace countips {

// Takes it byte for byte, however it comes: ISA-L 2.30 loses its place in one that has a name, an
// extra field or a checksum and comes in pieces. Not thread-safe.
class gzip_header {
 public:
  enum class state {
    going_on,   // More of it has to come.
    ended,      // What is left over is the compressed data.
    no_header,  // It has not the first bytes of one.
    damaged,    // It asks for what there is not, or its checksum is wrong.
  };

  // Takes what is of the header off the front of the text. After any other outcome than `going_on`
  // the next header begins.
  [[nodiscard]] state take(std::span<const char>& from);

 private:
  enum class part { fixed, extra_size, extra, name, comment, checksum, data };

  [[nodiscard]] state take_byte(std::uint8_t byte);
  [[nodiscard]] state take_fixed(std::uint8_t byte);
  [[nodiscard]] state take_checksum(std::uint8_t byte);
  void go_on();
  [[nodiscard]] bool has(part which) const;

  part now_ = part::fixed;
  std::uint32_t taken_ = 0;  // Bytes of this part.
  std::uint32_t size_ = 0;   // Of the extra field.
  std::uint8_t flags_ = 0;
  std::uint32_t sum_ = 0;  // Of all bytes before the checksum.
};

}  // namespace countips
