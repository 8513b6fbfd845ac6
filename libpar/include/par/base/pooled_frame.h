// Where the frames of coroutines come from.
#pragma once

#include <cstddef>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// A base class of promise types: frames of up to 1 KiB come from a list of the thread's own, sorted
// by size, so that making a coroutine allocates nothing once one of its size has ended on the same
// thread. A frame may end on another thread, whose list it joins. A list keeps 64 KiB of each size
// at most; what is more, larger, or ends after the thread's list is gone, is the heap's.
// Thread-safe. Under AddressSanitizer all frames are the heap's, so that use after free is found.
class pooled_frame {
 public:
  // Aligned for any type that needs no more than operator new gives. Throws std::bad_alloc.
  static void* operator new(std::size_t size);
  static void operator delete(void* frame, std::size_t size) noexcept;
};

}  // namespace par::inline PAR_ABI::detail
