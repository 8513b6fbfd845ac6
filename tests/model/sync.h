// Atomics and futexes of which a deterministic scheduler decides at each operation which thread
// goes next and what it sees. base/sync.h takes these when libpar is compiled with PAR_MODEL.
#pragma once

#include <atomic>  // std::memory_order
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <source_location>
#include <type_traits>

#include "model/location.h"
#include "par/base/abi.h"
#include "par/base/deadline.h"

namespace par::inline PAR_ABI::detail {

// As std::atomic, but for operators. Each operation also takes the line that it stands on.
template <class T>
class atomic {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));
  using order = std::memory_order;
  using place = std::source_location;
  static constexpr order seq_cst = std::memory_order_seq_cst;

 public:
  using value_type = T;

  constexpr atomic() noexcept : atomic(T{}) {}
  constexpr atomic(T value) noexcept : at_(bits(value)) {}  // Implicit, as std's.

  T load(order o = seq_cst, place p = place::current()) const noexcept {
    return value(at_.load({model::operation::load, o, p}));
  }
  void store(T to, order o = seq_cst, place p = place::current()) noexcept {
    at_.store(bits(to), {model::operation::store, o, p});
  }
  T exchange(T to, order o = seq_cst, place p = place::current()) noexcept {
    return modify([to](T) { return to; }, o, p);
  }

  bool compare_exchange_strong(T& expected, T desired, order success, order failure,
                               place p = place::current()) noexcept {
    return compare_exchange(expected, desired, success, failure, p, false);
  }
  bool compare_exchange_strong(T& expected, T desired, order o = seq_cst,
                               place p = place::current()) noexcept {
    return compare_exchange(expected, desired, o, of_failure(o), p, false);
  }
  bool compare_exchange_weak(T& expected, T desired, order success, order failure,
                             place p = place::current()) noexcept {
    return compare_exchange(expected, desired, success, failure, p, true);
  }
  bool compare_exchange_weak(T& expected, T desired, order o = seq_cst,
                             place p = place::current()) noexcept {
    return compare_exchange(expected, desired, o, of_failure(o), p, true);
  }

  T fetch_add(T by, order o = seq_cst, place p = place::current()) noexcept
    requires std::integral<T>
  {
    return modify([by](T was) { return static_cast<T>(was + by); }, o, p);
  }
  T fetch_sub(T by, order o = seq_cst, place p = place::current()) noexcept
    requires std::integral<T>
  {
    return modify([by](T was) { return static_cast<T>(was - by); }, o, p);
  }
  T fetch_or(T by, order o = seq_cst, place p = place::current()) noexcept
    requires std::integral<T>
  {
    return modify([by](T was) { return static_cast<T>(was | by); }, o, p);
  }
  T fetch_and(T by, order o = seq_cst, place p = place::current()) noexcept
    requires std::integral<T>
  {
    return modify([by](T was) { return static_cast<T>(was & by); }, o, p);
  }
  T fetch_xor(T by, order o = seq_cst, place p = place::current()) noexcept
    requires std::integral<T>
  {
    return modify([by](T was) { return static_cast<T>(was ^ by); }, o, p);
  }

  // For futex_wait: see model::location.
  T peek(place p) const noexcept {
    return value(at_.peek({model::operation::load, std::memory_order_relaxed, p}));
  }

 private:
  static constexpr std::uint64_t bits(T from) noexcept {
    if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      return static_cast<std::uint64_t>(from);
    } else if constexpr (std::is_pointer_v<T>) {
      // A pointer constant: the only kind that constant evaluation can make into bits.
      if (std::is_constant_evaluated()) return 0;
      return reinterpret_cast<std::uintptr_t>(from);
    } else {
      std::uint64_t to = 0;
      std::memcpy(&to, &from, sizeof from);
      return to;
    }
  }
  static T value(std::uint64_t from) noexcept {
    T to;
    std::memcpy(&to, &from, sizeof to);  // Little endian, as all that libpar runs on.
    return to;
  }

  static constexpr order of_failure(order o) noexcept {
    if (o == std::memory_order_acq_rel) return std::memory_order_acquire;
    return o == std::memory_order_release ? std::memory_order_relaxed : o;
  }

  template <class Change>
  T modify(Change change, order o, const place& p) noexcept {
    return value(at_.modify({model::operation::modify, o, p},
                            [&](std::uint64_t was) { return bits(change(value(was))); }));
  }

  bool compare_exchange(T& expected, T desired, order success, order failure, const place& p,
                        bool weak) noexcept {
    std::uint64_t wanted = bits(expected);
    const bool done =
        at_.compare_exchange(wanted, bits(desired), {model::operation::modify, success, p},
                             {model::operation::load, failure, p, true}, weak);
    if (!done) expected = value(wanted);
    return done;
  }

  model::location at_;
};

// As in base/sync.h. A wait with a deadline may time out at any moment (see early_timeouts); the
// clock of the run goes to that deadline then, and by nothing else.
bool futex_wait(const atomic<std::uint32_t>& word, std::uint32_t expected,
                deadline until = deadline::never(),
                std::source_location from = std::source_location::current()) noexcept;
void futex_wake(const atomic<std::uint32_t>& word, int count,
                std::source_location from = std::source_location::current()) noexcept;
void futex_wake_all(const atomic<std::uint32_t>& word,
                    std::source_location from = std::source_location::current()) noexcept;

// Words that processes share are as any other here.
inline bool futex_wait_shared(
    const atomic<std::uint32_t>& word, std::uint32_t expected, deadline until = deadline::never(),
    std::source_location from = std::source_location::current()) noexcept {
  return futex_wait(word, expected, until, from);
}
inline void futex_wake_shared(
    const atomic<std::uint32_t>& word, int count,
    std::source_location from = std::source_location::current()) noexcept {
  futex_wake(word, count, from);
}
inline void futex_wake_all_shared(
    const atomic<std::uint32_t>& word,
    std::source_location from = std::source_location::current()) noexcept {
  futex_wake_all(word, from);
}
enum class word_change { set, add, set_bits };
constexpr std::uint32_t largest_change = 2047;
void futex_change_shared(atomic<std::uint32_t>& word, word_change how, std::uint32_t operand,
                         std::source_location from = std::source_location::current()) noexcept;

// Both are one location, which is all that a sleep needs.
inline const atomic<std::uint32_t>& low_half(const atomic<std::uint64_t>& word) noexcept {
  return reinterpret_cast<const atomic<std::uint32_t>&>(word);
}

// Plain bytes that processes share, in words of 8: watched for races as model::data is.
void reads_plain(const void* from, std::size_t bytes) noexcept;
void writes_plain(const void* to, std::size_t bytes) noexcept;

// The calling thread does not go on before another has made a step, if one can.
void spin_pause() noexcept;

}  // namespace par::inline PAR_ABI::detail
