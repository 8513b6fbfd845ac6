// Where the code under test names a memory order, and the weaker ones to try there instead.
#pragma once

#include <atomic>  // std::memory_order
#include <compare>
#include <source_location>
#include <string>
#include <vector>

namespace model {

enum class operation { load, store, modify };

// One order at one place. A compare-exchange has two: that of its failure is a load's.
struct site {
  std::string file;  // The name alone, without directories.
  std::string function;
  unsigned line = 0;
  unsigned column = 0;
  bool on_failure = false;
  operation what = operation::load;
  std::memory_order order = std::memory_order_seq_cst;

  auto operator<=>(const site&) const = default;
};

// What an atomic is asked to do, and by which line.
struct access {
  operation what;
  std::memory_order order;
  std::source_location from;
  bool on_failure = false;
};

// The explorer takes `to` for the order that stands there.
struct weakening {
  site at;
  std::memory_order to;
};

[[nodiscard]] constexpr bool acquires(std::memory_order order) {
  return order == std::memory_order_acquire || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}
[[nodiscard]] constexpr bool releases(std::memory_order order) {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}

[[nodiscard]] site site_of(const access& a);

// The orders one step weaker: two for acq_rel, none for relaxed.
[[nodiscard]] std::vector<std::memory_order> one_step_weaker(operation what,
                                                             std::memory_order order);

[[nodiscard]] const char* name(std::memory_order order);
[[nodiscard]] std::string describe(const std::source_location& at);  // "mutex.h:42"
// "mutex.h try_lock modify acquire -> relaxed": without lines, so that tests can name it.
[[nodiscard]] std::string describe(const weakening& w);

}  // namespace model
