// The content of a packed file.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "countips/input/byte_stream.h"
#include "countips/input/unpacker.h"

namespace countips {

// The members of a packed file one after the other, as gzip -d gives them. Zeros behind a member
// are ignored: tapes and xz fill up with them. What could be unpacked before a failure is given
// first.
class unpacked_stream final : public byte_stream {
 public:
  unpacked_stream(std::unique_ptr<byte_stream> packed, std::unique_ptr<unpacker> method);

  [[nodiscard]] par::expected<std::size_t, failure> read(std::span<char> into) override;

 private:
  [[nodiscard]] std::optional<failure> refill();
  [[nodiscard]] std::optional<failure> begin_member();
  [[nodiscard]] std::optional<failure> unpack(std::span<char>& into);

  const std::unique_ptr<byte_stream> packed_;
  const std::unique_ptr<unpacker> method_;
  std::vector<char> buffer_;
  std::span<const char> input_;  // What of the buffer is not unpacked yet.
  bool in_member_ = true;        // The first is there: its magic has been seen.
  bool first_member_ = true;
  bool ended_ = false;
  std::optional<failure> failed_;
};

}  // namespace countips
