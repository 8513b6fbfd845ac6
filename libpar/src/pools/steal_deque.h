// The queue of one worker: it pushes and pops at one end, others steal at the other.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "par/base/sync.h"
#include "par/pools/job.h"

namespace par::inline PAR_ABI::detail {

// make_room, push, pop, newest: the owner only. steal and empty: any thread. Grows; never shrinks.
// A job may be given a scope, a mark that a thief can look at before it takes the job: the job
// itself may be gone by then.
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

  void make_room();  // For one more. Throws std::bad_alloc.
  // REQUIRES make_room since the last push.
  void push(job& added, const void* scope = nullptr) noexcept;
  job* pop() noexcept;     // The newest, or null.
  job* newest() noexcept;  // What pop would give, if no thief is faster.

  // The oldest, or null if there was none at some moment of the call. The second form also if the
  // oldest has another scope.
  job* steal() noexcept;
  job* steal(const void* scope) noexcept;
  [[nodiscard]] bool empty() const noexcept;

 private:
  // A power of two of places; the place of an index is its low bits.
  class ring {
   public:
    explicit ring(std::int64_t size) : mask_(size - 1), places_(new place[size_of(size)]) {}
    [[nodiscard]] std::int64_t size() const noexcept { return mask_ + 1; }
    // Relaxed all: published by bottom_ or ring_, and what a thief reads counts only if it wins
    // top_; until somebody does, the place at top_ is not written again.
    [[nodiscard]] job* get(std::int64_t index) const noexcept {
      return at(index).work.load(std::memory_order_relaxed);
    }
    [[nodiscard]] const void* scope(std::int64_t index) const noexcept {
      return at(index).scope.load(std::memory_order_relaxed);
    }
    void put(std::int64_t index, job* what, const void* scope) noexcept {
      at(index).work.store(what, std::memory_order_relaxed);
      at(index).scope.store(scope, std::memory_order_relaxed);
    }

   private:
    struct place {
      atomic<job*> work;
      atomic<const void*> scope;
    };
    static constexpr std::size_t size_of(std::int64_t n) { return static_cast<std::size_t>(n); }
    [[nodiscard]] place& at(std::int64_t index) const { return places_[size_of(index & mask_)]; }

    const std::int64_t mask_;
    const std::unique_ptr<place[]> places_;
  };

  template <class Wanted>
  job* steal_if(Wanted wanted) noexcept;
  void grow(std::int64_t top, std::int64_t bottom);

  alignas(64) atomic<std::int64_t> top_{0};  // The oldest; only ever grows.
  alignas(64) atomic<std::int64_t> bottom_{0};
  atomic<ring*> ring_;
  std::vector<std::unique_ptr<ring>> rings_;  // The owner's: thieves may still read in old ones.
};

}  // namespace par::inline PAR_ABI::detail
