// All that a stream of bytes gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "cmd/countips/fake_files.h"
#include "countips/input/failure.h"

namespace countips {

struct stream_result {
  std::string text;
  std::optional<failure> failed;

  friend bool operator==(const stream_result&, const stream_result&) = default;
};

// Read in pieces of some size. `counted`, if not null, gets the bytes taken from the source.
[[nodiscard]] stream_result drain(fake_file file, std::size_t piece = 1000,
                                  std::uint64_t* counted = nullptr);

[[nodiscard]] stream_result failed(std::string text, failure::kind why);

// Lines that pack to about a half.
[[nodiscard]] std::string some_text(std::size_t size, std::uint64_t seed = 1);

}  // namespace countips
