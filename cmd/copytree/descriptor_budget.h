// How many directories may wait for a thread, each sure of its descriptors.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

namespace copytree {

// A directory keeps two descriptors open until its last child is done. Were every directory that is
// found handed to the executor, a wide tree could have a whole level of them open at once; so each
// takes a place here first, and one that finds none is copied at once by the thread that found it,
// depth first. Thread-safe.
class descriptor_budget {
 public:
  // The other half of the limit is left to directories that are copied without a place, and to the
  // files that each thread has open.
  descriptor_budget(std::size_t limit, std::size_t threads)
      : free_(std::min(most, per_directory(limit, threads))) {}

  // A place, given back when it goes; or none.
  class place {
   public:
    place() = default;
    explicit place(descriptor_budget& from) : from_(&from) {}
    place(place&& other) noexcept : from_(std::exchange(other.from_, nullptr)) {}
    place& operator=(place&& other) noexcept {
      std::swap(from_, other.from_);
      return *this;
    }
    ~place() {
      if (from_ != nullptr) from_->free_.fetch_add(1, std::memory_order_relaxed);
    }

    [[nodiscard]] explicit operator bool() const { return from_ != nullptr; }

   private:
    descriptor_budget* from_ = nullptr;
  };

  [[nodiscard]] place take() {
    std::size_t free = free_.load(std::memory_order_relaxed);
    while (free > 0) {
      // Relaxed: the number orders nothing but itself.
      if (free_.compare_exchange_weak(free, free - 1, std::memory_order_relaxed))
        return place(*this);
    }
    return {};
  }

 private:
  static constexpr std::size_t most = 2048;  // Enough for any number of threads; bounds memory.
  static constexpr std::size_t spare = 16;   // Standard streams and what libraries open.

  static std::size_t per_directory(std::size_t limit, std::size_t threads) {
    const std::size_t used = spare + 2 * threads;
    return limit > used ? (limit - used) / 4 : 0;  // Half of it, two for each.
  }

  std::atomic<std::size_t> free_;
};

}  // namespace copytree
