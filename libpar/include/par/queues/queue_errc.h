// What the queues have to say when a put or a get does not happen.
#pragma once

#include <stdexcept>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// Why a put, get or join did not happen.
enum class queue_errc { empty, full, closed, timeout, stopped };

// Thrown by the plain forms of put and get.
class queue_closed : public std::runtime_error {
 public:
  queue_closed() : std::runtime_error("queue is closed") {}
};

enum class close_mode {
  drain,      // What is inside may still be taken.
  immediate,  // What is inside is dropped, and counts as done.
};

}  // namespace par::inline PAR_ABI
