// Finds accesses to plain data that nothing puts in order.
#pragma once

#include <cstddef>
#include <map>

#include "model/vector_clock.h"

namespace model {

// By address, so that a place is watched beyond the life of what lies there: the next object in
// the same cell of a ring must come after the last use of the one before.
class race_detector {
 public:
  // False: a race with a former access.
  [[nodiscard]] bool read(const void* at, event now, const vector_clock& known);
  [[nodiscard]] bool write(const void* at, event now, const vector_clock& known);

  // The memory was given out anew: the allocator has put its former users before the next.
  void forget(const void* from, std::size_t bytes);

 private:
  struct history {
    event written;
    vector_clock read;
  };
  history& place(const void* at);

  std::map<const char*, history> places_;
  bool busy_ = false;  // Its own memory comes from the allocator that calls forget.
};

}  // namespace model
