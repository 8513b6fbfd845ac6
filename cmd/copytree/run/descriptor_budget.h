// How many directories may be open at once.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <utility>

namespace copytree {

// A directory would like to keep two descriptors open until its last child is done. Were every
// directory that is found handed to the executor, a wide tree could have a whole level of them open
// at once; so each takes a place here first, and one that finds none is copied at once by the
// thread that found it, depth first. Such a one takes room, and where even that is short it is
// closed whenever nobody works in it. Thread-safe.
class descriptor_budget {
 public:
  // What places and rooms leave of the limit is for files, and directories that are in use.
  descriptor_budget(std::size_t limit, std::size_t threads)
      : places_(std::min(most, per_kind(limit, threads))), rooms_(per_kind(limit, threads)) {}

  // A place or a room, given back when it goes; or none.
  class place {
   public:
    place() = default;
    explicit place(std::atomic<std::size_t>& from) : from_(&from) {}
    place(place&& other) noexcept : from_(std::exchange(other.from_, nullptr)) {}
    place& operator=(place&& other) noexcept {
      std::swap(from_, other.from_);
      return *this;
    }
    ~place() {
      if (from_ != nullptr) from_->fetch_add(1, std::memory_order_relaxed);
    }

    [[nodiscard]] explicit operator bool() const { return from_ != nullptr; }

   private:
    std::atomic<std::size_t>* from_ = nullptr;
  };

  [[nodiscard]] place take() { return take_from(places_); }
  [[nodiscard]] place take_room() { return take_from(rooms_); }

 private:
  static constexpr std::size_t most = 2048;     // Enough for any number of threads; bounds memory.
  static constexpr std::size_t spare = 16;      // Standard streams, libraries, counting ahead.
  static constexpr std::size_t per_thread = 8;  // Two directories with both sides, files, a link.

  // A quarter of the rest: two descriptors each, for two kinds.
  static std::size_t per_kind(std::size_t limit, std::size_t threads) {
    const std::size_t used = spare + per_thread * threads;
    return limit > used ? (limit - used) / 4 : 0;
  }

  static place take_from(std::atomic<std::size_t>& pool) {
    std::size_t free = pool.load(std::memory_order_relaxed);
    while (free > 0) {
      // Relaxed: the number orders nothing but itself.
      if (pool.compare_exchange_weak(free, free - 1, std::memory_order_relaxed)) {
        return place(pool);
      }
    }
    return {};
  }

  std::atomic<std::size_t> places_;
  std::atomic<std::size_t> rooms_;
};

}  // namespace copytree
