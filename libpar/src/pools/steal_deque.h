// The queue of one worker: it pushes and pops at one end, others steal at the other.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "par/base/sync.h"
#include "par/pools/job.h"

namespace par::inline PAR_ABI::detail {

// make_room, push, pop, newest: the owner only. steal and empty: any thread. Grows; never shrinks.
//
// Algorithm: Chase and Lev, "Dynamic Circular Work-Stealing Deque" (SPAA 2005), in the C11 form of
// Lê, Pop, Cohen and Zappa Nardelli (PPoPP 2013), with sequentially consistent operations in place
// of its fences. A push is one too, so that whoever looks for sleepers after it, and a sleeper who
// looks at the deque after saying so, cannot miss each other.
class steal_deque {
 public:
  steal_deque();
  ~steal_deque();
  steal_deque(const steal_deque&) = delete;
  steal_deque& operator=(const steal_deque&) = delete;

  void make_room();                // For one more. Throws std::bad_alloc.
  void push(job& added) noexcept;  // REQUIRES make_room since the last push.
  job* pop() noexcept;             // The newest, or null.
  job* steal() noexcept;   // The oldest, or null if there was none at some moment of the call.
  job* newest() noexcept;  // What pop would give, if no thief is faster.
  [[nodiscard]] bool empty() const noexcept;

 private:
  // A power of two of places; the place of an index is its low bits.
  class ring {
   public:
    explicit ring(std::int64_t size) : mask_(size - 1), places_(new atomic<job*>[size_of(size)]) {}
    [[nodiscard]] std::int64_t size() const noexcept { return mask_ + 1; }
    // Relaxed both: published by bottom_ or ring_, and a thief's read counts only if it wins top_.
    [[nodiscard]] job* get(std::int64_t index) const noexcept {
      return places_[size_of(index & mask_)].load(std::memory_order_relaxed);
    }
    void put(std::int64_t index, job* what) noexcept {
      places_[size_of(index & mask_)].store(what, std::memory_order_relaxed);
    }

   private:
    static constexpr std::size_t size_of(std::int64_t n) { return static_cast<std::size_t>(n); }
    const std::int64_t mask_;
    const std::unique_ptr<atomic<job*>[]> places_;
  };

  void grow(std::int64_t top, std::int64_t bottom);

  alignas(64) atomic<std::int64_t> top_{0};  // The oldest; only ever grows.
  alignas(64) atomic<std::int64_t> bottom_{0};
  atomic<ring*> ring_;
  std::vector<std::unique_ptr<ring>> rings_;  // The owner's: thieves may still read in old ones.
};

}  // namespace par::inline PAR_ABI::detail
