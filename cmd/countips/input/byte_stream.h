// Bytes one after the other, unpacked if they are packed.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "countips/input/failure.h"
#include "countips/input/source.h"
#include "par/base/expected.h"

namespace countips {

// Not thread-safe.
class byte_stream {
 public:
  virtual ~byte_stream() = default;

  // At least one byte; 0 only at the end, or if `into` is empty. After a failure the stream is of
  // no further use.
  [[nodiscard]] virtual par::expected<std::size_t, failure> read(std::span<char> into) = 0;
};

// The content of a source from its first byte: unpacked if it begins as a packed file, as it is
// otherwise. Adds what is read from the source to `bytes_read`. Fails with ECANCELED once `stop` is
// set. All four must outlive the stream.
[[nodiscard]] par::expected<std::unique_ptr<byte_stream>, failure> open_stream(
    source& from, const std::atomic<bool>& stop, std::atomic<std::uint64_t>& bytes_read);

}  // namespace countips
