// Waiting for several spawned tasks, whatever becomes of them.
#pragma once

#include <concepts>
#include <ranges>
#include <utility>
#include <vector>

#include "par/coroutines/task.h"
#include "par/coroutines/task_handle.h"

namespace par::inline PAR_ABI {

// co_await join_all(handles): until all have ended. Their results and errors stay with the handles.
inline task<> join_all(std::vector<task_handle> handles) {
  for (const task_handle& each : handles) co_await each.join();
}

// Of any range of handles, which is read here and now.
template <std::ranges::input_range Handles>
  requires std::derived_from<std::ranges::range_value_t<Handles>, task_handle>
task<> join_all(const Handles& handles) {
  std::vector<task_handle> all;
  for (const task_handle& each : handles) all.push_back(each);
  return join_all(std::move(all));
}

}  // namespace par::inline PAR_ABI
