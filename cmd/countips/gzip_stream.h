// The content of a gzip file.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "countips/byte_stream.h"

namespace countips {

// Reads the members of a gzip file (RFC 1952) one after the other, as gzip does, with zeros behind
// the last one ignored. What could be unpacked before a failure is given first.
class gzip_stream final : public byte_stream {
 public:
  explicit gzip_stream(std::unique_ptr<byte_stream> packed);
  ~gzip_stream() override;

  [[nodiscard]] par::expected<std::size_t, failure> read(std::span<char> into) override;

 private:
  struct state;

  [[nodiscard]] std::optional<failure> refill();
  [[nodiscard]] std::optional<failure> begin_member();
  [[nodiscard]] std::optional<failure> inflate();

  std::unique_ptr<byte_stream> packed_;
  std::unique_ptr<state> state_;
};

}  // namespace countips
