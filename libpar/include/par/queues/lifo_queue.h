// A last-in first-out queue between threads: a stack that can be waited on, bounded, and closed.
//
//   par::lifo_queue<path> todo;
//   todo.put(root);
//   for (path& each : todo.consume()) visit(each);   // the newest first
#pragma once

#include "par/queues/basic_queue.h"
#include "par/queues/item_orders.h"
#include "par/queues/locked_items.h"

namespace par::inline PAR_ABI {

// Operations and their contracts: basic_queue.h.
template <class T>
using lifo_queue = basic_queue<detail::locked_items<detail::newest_first<T>>>;

}  // namespace par::inline PAR_ABI
