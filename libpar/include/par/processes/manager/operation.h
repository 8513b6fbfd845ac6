// What a manager's process is asked.
#pragma once

#include <cstdint>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

enum class object_kind : std::uint8_t {
  dict,
  list,
  queue,
  mutex,
  recursive_mutex,
  semaphore,
  bounded_semaphore,
  condition_variable,
  event,
  barrier,
  pool,
};

// What a request asks for. Each object knows some of them.
enum class operation : std::uint16_t {
  // Of the manager, which is object 0.
  make,
  erase_object,
  shut_down,
  // Of several.
  size,
  clear,
  all,
  get,
  set,
  erase,
  insert,
  append,
  take,
  exchange,
  // Of a list.
  take_last,
  assign,
  // Of a dict.
  find,
  keys,
  update,
  // Of a queue.
  put,
  task_done,
  join,
  close,
  capacity,
  is_closed,
  // Of locks, an event and a barrier.
  lock,
  unlock,
  acquire,
  release,
  notify,
  wait,
  is_set,
  abort,
  reset,
  is_broken,
};

// How an operation that may wait has ended.
enum class outcome : std::uint8_t { done, timeout, stopped, empty, full, closed, broken };

}  // namespace par::inline PAR_ABI::detail
