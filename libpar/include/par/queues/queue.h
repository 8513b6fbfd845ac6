// A first-in first-out queue between threads, bounded or not, that can be closed and consumed as a
// range.
//
//   par::queue<std::string> lines(1024);
//   par::thread reader("reader", [&] {
//     for (std::string& line : lines.consume()) work(line);   // ends once closed and empty
//   });
//   lines.put("x");
//   lines.close();
#pragma once

#include "par/queues/basic_queue.h"
#include "par/queues/fifo_items.h"

namespace par::inline PAR_ABI {

// Operations and their contracts: basic_queue.h. The items of one producer keep their order.
//
// A bounded queue is a ring that is allocated when the queue is made, capacity * (sizeof(T) + 4)
// bytes and padding; putting and getting allocates nothing. Its capacity is exact and stays as it
// is. An unbounded one stands behind a lock, and is some times slower.
template <class T>
using queue = basic_queue<detail::fifo_items<T>>;

}  // namespace par::inline PAR_ABI
