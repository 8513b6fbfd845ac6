// One atomic object: every store to it that some thread may still read.
#pragma once

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "model/order.h"
#include "model/sc_order.h"
#include "model/vector_clock.h"

namespace model {

class execution;

// C++20's memory model, but for load buffering (Lahav and others, "Repairing sequential consistency
// in C/C++11", PLDI 2017) and for stores that come earlier in modification order than in time.
// Values are kept as their bytes.
class location {
 public:
  constexpr explicit location(std::uint64_t value) : newest_(value) {
    if (!std::is_constant_evaluated()) be_born();
  }
  constexpr ~location() {
    if (!std::is_constant_evaluated()) die();
  }
  location(const location&) = delete;
  location& operator=(const location&) = delete;

  std::uint64_t load(const access& a) const;
  void store(std::uint64_t value, const access& a);

  // Reads the newest store and puts change(what it read) after it; returns what it read.
  template <class Change>
  std::uint64_t modify(const access& a, Change change) {
    begin_modify(a);
    const std::uint64_t was = newest_;
    end_modify(a, change(was));
    return was;
  }

  // `expected` is given what was read if that differs, or for no reason if `weak`.
  bool compare_exchange(std::uint64_t& expected, std::uint64_t desired, const access& success,
                        const access& failure, bool weak);

  // What the kernel sees when a thread goes to sleep on it: the newest, and it orders nothing.
  std::uint64_t peek(const access& a) const;

  // Those on the stack of a thread that vanished: nobody destroys them.
  static void forget_those_in(std::span<const char> stack);

 private:
  struct stored {
    std::uint64_t value;
    event by;
    vector_clock released;  // What one who reads it with acquire comes to know.
  };
  struct seen {  // A read: whoever knows of it reads nothing older.
    event by;
    std::size_t index;
  };
  struct ordered {       // A sequentially consistent operation, and the store that it read or made.
    std::size_t number;  // In sc_order.
    std::size_t index;
    bool stores;
  };
  struct history {
    void begin(std::uint64_t in_run, const stored& first);

    const location* of = nullptr;  // Null: spare.
    std::uint64_t run = 0;
    std::vector<stored> stores;  // In modification order.
    std::vector<seen> reads;
    vector_clock touched;
    std::vector<ordered> in_order;
  };

  static std::vector<history*>& spare_histories();
  static std::vector<history*>& all_histories();
  static history* new_history(const location* of);
  static void make_spare(history& used);

  void be_born();
  void die();

  execution* enter(const access& a) const;  // Null outside of a run.
  void begin_modify(const access& a);
  void end_modify(const access& a, std::uint64_t value);
  void append(execution& here, std::uint64_t value, std::memory_order order, bool modifies);
  void see(execution& here, std::size_t index, std::memory_order order) const;
  void order_load(execution& here, std::size_t index) const;
  void order_store(execution& here) const;
  [[nodiscard]] sc_order::operations before_load(execution& here, std::size_t index) const;
  [[nodiscard]] bool keeps_order(execution& here, std::size_t index) const;
  [[nodiscard]] std::size_t oldest_readable(execution& here) const;
  // The newest first; only that if no stale read is left.
  [[nodiscard]] std::vector<std::size_t> readable(execution& here, std::memory_order order) const;
  [[nodiscard]] std::size_t choose_load(execution& here, std::memory_order order) const;
  [[nodiscard]] std::size_t choose_failure(execution& here, std::uint64_t expected, bool weak,
                                           std::memory_order order) const;

  static constexpr std::uint32_t alive = 0x616c6976;

  std::uint64_t newest_;
  std::uint64_t born_in_ = 0;  // The run in which born_ counts.
  event born_;
  mutable history* history_ = nullptr;
  volatile std::uint32_t state_ = alive;  // Volatile: looked at after the end of the object.
};

}  // namespace model
