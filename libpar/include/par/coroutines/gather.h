// Several tasks at once, and their results in order.
//
//   auto [user, orders] = co_await par::gather(find_user(id), find_orders(id));
//   std::vector<page> pages = co_await par::gather(std::move(fetches));
#pragma once

#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "par/coroutines/scheduler.h"
#include "par/coroutines/task_group.h"

namespace par::inline PAR_ABI {
namespace detail {

template <class T>
spawned<T> spawn_in(task_group& group, task<T> body) {
  spawned<T> member = spawn(std::move(body));
  group.add(member);
  return member;
}

// A place in a tuple, where void has none of its own.
template <class T>
using gathered = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <class T>
gathered<T> take_result(spawned<T>& of) {
  if constexpr (std::is_void_v<T>) {
    of.get();
    return {};
  } else {
    return of.get();
  }
}

}  // namespace detail

// Spawns all of them and waits for all. The first error cancels the others; it is thrown when they
// have ended. So nothing of theirs goes on after this, and they may refer to variables of the
// caller. If the caller is cancelled, they are. For scheduled tasks only.
template <class T>
  requires(!std::is_void_v<T>)
task<std::vector<T>> gather(std::vector<task<T>> tasks) {
  std::vector<spawned<T>> members;
  detail::task_group group;
  members.reserve(tasks.size());
  for (task<T>& each : tasks) members.push_back(detail::spawn_in(group, std::move(each)));
  co_await group.settle();
  std::vector<T> results;
  results.reserve(members.size());
  for (spawned<T>& each : members) results.push_back(each.get());
  co_return results;
}

inline task<> gather(std::vector<task<>> tasks) {
  detail::task_group group;
  for (task<>& each : tasks) detail::spawn_in(group, std::move(each));
  co_await group.settle();
}

// Results of type void are std::monostate.
template <class... T>
task<std::tuple<detail::gathered<T>...>> gather(task<T>... tasks) {
  detail::task_group group;
  std::tuple<spawned<T>...> members{detail::spawn_in(group, std::move(tasks))...};
  co_await group.settle();
  co_return std::apply(
      [](auto&... each) {
        return std::tuple<detail::gathered<T>...>{detail::take_result(each)...};
      },
      members);
}

}  // namespace par::inline PAR_ABI
