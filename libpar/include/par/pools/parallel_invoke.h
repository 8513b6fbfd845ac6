// Several functions at once: fork and join.
//
//   par::parallel_invoke(pool, [&] { left = solve(a); }, [&] { right = solve(b); });
#pragma once

#include <exception>
#include <functional>
#include <initializer_list>
#include <tuple>
#include <utility>

#include "par/pools/executor.h"
#include "par/pools/forked_job.h"
#include "par/pools/future.h"

namespace par::inline PAR_ABI {

namespace detail {

template <class F>
std::exception_ptr error_of_calling(F& f) noexcept {
  try {
    f();
  } catch (...) {
    return std::current_exception();
  }
  return nullptr;
}

inline void rethrow_first(std::initializer_list<std::exception_ptr> errors) {
  for (const std::exception_ptr& each : errors) {
    if (each != nullptr) std::rethrow_exception(each);
  }
}

template <class First, class... Others>
void invoke_forked(executor& on, First& first, Others&... others) {
  std::tuple<forked_job<Others>...> forks(others...);
  const auto error = std::apply(
      [&](auto&... each) {
        (each.fork(on), ...);
        std::exception_ptr own = error_of_calling(first);
        (each.join(on), ...);
        return own;
      },
      forks);
  std::apply([&](auto&... each) { rethrow_first({error, each.error()...}); }, forks);
}

// For executors that keep what they were given: a task that nobody has begun is claimed.
template <class First, class... Others>
void invoke_submitted(executor& on, First& first, Others&... others) {
  std::tuple forks(submit(on, [&others] { others(); })...);
  const auto error = error_of_calling(first);
  std::apply([&](auto&... each) { rethrow_first({error, each.exception()...}); }, forks);
}

}  // namespace detail

// Calls each of the functions, the first on the calling thread and the others there or on threads
// of the executor; returns when all have returned. Inside a task, those that nobody else has begun
// by then are called here, so it can be nested to any depth on any number of threads. All are
// called even if one throws; the first exception in the order of the arguments is rethrown. On a
// thread_pool nothing is allocated.
template <class First, class... Others>
void parallel_invoke(executor& on, First&& first, Others&&... others) {
  if (on.gives_back()) {
    detail::invoke_forked(on, first, others...);
  } else {
    detail::invoke_submitted(on, first, others...);
  }
}

}  // namespace par::inline PAR_ABI
