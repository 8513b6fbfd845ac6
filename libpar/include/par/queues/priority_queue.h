// A queue between threads that gives the smallest item first, as Python's, not as std's.
//
//   par::priority_queue<job, by_urgency> jobs(100);
//   jobs.put(job);
//   job next = jobs.get();   // no other is before it
#pragma once

#include <functional>

#include "par/queues/basic_queue.h"
#include "par/queues/item_orders.h"
#include "par/queues/locked_items.h"

namespace par::inline PAR_ABI {

// Operations and their contracts: basic_queue.h. Before(a, b) says that a comes out before b; it
// must not throw, is called under the queue's lock, and may be given as priority_queue(capacity,
// before). Items of which neither is before the other come out in the order put.
template <class T, class Before = std::less<T>>
using priority_queue = basic_queue<detail::locked_items<detail::smallest_first<T, Before>>>;

}  // namespace par::inline PAR_ABI
