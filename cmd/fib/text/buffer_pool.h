// Memory for blocks of text, used again and again: fresh pages from the system would cost as much
// as the sums that are written to them.
#pragma once

#include <cstddef>
#include <memory>

namespace fib {

// Thread-safe. A copy is the same pool. Buffers may outlive it; what is free goes with the last.
class buffer_pool {
 public:
  class buffer;

  buffer_pool();

  // At least so many bytes, not initialised; an eighth more are allocated, because blocks grow.
  // Throws std::bad_alloc.
  [[nodiscard]] buffer take(std::size_t bytes);

 private:
  struct piece {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
  };
  class shelf;

  std::shared_ptr<shelf> shelf_;
};

// Gives its memory back to the pool when it goes.
class buffer_pool::buffer {
 public:
  buffer(buffer&&) noexcept = default;
  buffer& operator=(buffer&&) = delete;
  ~buffer();

  [[nodiscard]] char* data() const noexcept { return piece_.bytes.get(); }

 private:
  friend buffer_pool;
  buffer(std::shared_ptr<shelf> from, piece taken) noexcept;

  std::shared_ptr<shelf> shelf_;  // Empty once moved from.
  piece piece_;
};

}  // namespace fib
