// Atomics and futexes that let a deterministic scheduler decide at each of their operations which
// thread goes next. base/sync.h takes these when libpar is compiled with PAR_MODEL.
//
// Only one thread runs at a time, so what is explored is every sequentially consistent
// interleaving; values that weaker memory orders would also allow are not.
#pragma once

#include <atomic>  // std::memory_order
#include <cstdint>
#include <utility>

#include "par/base/abi.h"
#include "par/base/deadline.h"

namespace model {

// Before each operation on shared memory: the scheduler may switch threads here.
void point() noexcept;

}  // namespace model

namespace par::inline PAR_ABI::detail {

template <class T>
class atomic {
 public:
  constexpr atomic() noexcept = default;
  constexpr atomic(T value) noexcept : value_(value) {}  // Implicit, as std's.
  atomic(const atomic&) = delete;
  atomic& operator=(const atomic&) = delete;

  T load(std::memory_order = std::memory_order_seq_cst) const noexcept {
    model::point();
    return value_;
  }
  void store(T value, std::memory_order = std::memory_order_seq_cst) noexcept {
    model::point();
    value_ = value;
  }
  T exchange(T value, std::memory_order = std::memory_order_seq_cst) noexcept {
    model::point();
    return std::exchange(value_, value);
  }
  bool compare_exchange_strong(T& expected, T desired, std::memory_order,
                               std::memory_order) noexcept {
    model::point();
    if (value_ != expected) {
      expected = value_;
      return false;
    }
    value_ = desired;
    return true;
  }
  T fetch_add(T by, std::memory_order = std::memory_order_seq_cst) noexcept {
    model::point();
    return std::exchange(value_, value_ + by);
  }

 private:
  T value_{};
};

// As in base/sync.h. A wait with a deadline may time out at any moment, whatever the clock says.
bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected,
                deadline until = deadline::never()) noexcept;
void futex_wake(const atomic<std::uint32_t>& word, int count) noexcept;
void futex_wake_all(const atomic<std::uint32_t>& word) noexcept;

// The calling thread does not go on before another has made a step, if one can.
void spin_pause() noexcept;

}  // namespace par::inline PAR_ABI::detail
