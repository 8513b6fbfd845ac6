// A stream whose beginning can be looked at before it is read.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "countips/input/byte_stream.h"

namespace countips {

// Without the NULs that it begins with: see behind_hole. Not thread-safe.
class sampled_stream final : public byte_stream {
 public:
  explicit sampled_stream(std::unique_ptr<byte_stream> from) : from_(std::move(from)) {}

  // The first bytes, so many unless there are no more, or none can be read behind them: that comes
  // out when all before have been read. Only before the first read.
  [[nodiscard]] std::string_view look_ahead(std::size_t size);

  [[nodiscard]] par::expected<std::size_t, failure> read(std::span<char> into) override;

 private:
  // How much is left of what has been filled.
  [[nodiscard]] std::size_t drop_hole(std::size_t filled);

  std::unique_ptr<byte_stream> from_;
  std::vector<char> ahead_;
  std::size_t given_ = 0;  // How many of them have been read.
  bool is_hole_ = true;    // So far.
  bool ended_ = false;
  std::optional<failure> failed_;
};

}  // namespace countips
