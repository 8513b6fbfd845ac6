// Threads in a manager's process that run functions for others.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "par/processes/entry_point.h"
#include "par/processes/manager/proxy.h"
#include "par/processes/process_body.h"

namespace par::inline PAR_ABI {

namespace detail {

// What the manager's process calls.
template <auto Function>
packed run_packed(packed args) {
  using arguments = typename bound_call<Function>::arguments;
  auto values = unpack<arguments>(std::move(args));
  if constexpr (std::is_void_v<decltype(std::apply(Function, std::move(values)))>) {
    std::apply(Function, std::move(values));
    return {};
  } else {
    return pack<std::remove_cvref_t<decltype(std::apply(Function, std::move(values)))>>(
        std::apply(Function, std::move(values)));
  }
}

using packed_call = packed(packed);

// Notes that clients may name the function, and returns it.
packed_call* admit(packed_call* function);

// Noted when the program starts, so the manager's process knows it before a client names it; other
// code cannot be named.
template <auto Function>
inline packed_call* const admitted = admit(&run_packed<Function>);

template <auto Function>
using result_of_call = std::remove_cvref_t<decltype(std::apply(
    Function, std::declval<typename bound_call<Function>::arguments>()))>;

// The result of a task, taken once. Throws what the task did.
class managed_task : public proxy {
 public:
  managed_task() noexcept = default;
  managed_task(const proxy& pool, std::uint64_t number) : proxy(pool), number_(number) {}

  template <class Archive>
  void serialize(Archive& archive) {
    proxy::serialize(archive);
    archive(number_);
  }

 protected:
  [[nodiscard]] std::optional<packed> take_until(deadline until, const std::stop_token& stop) const;

 private:
  std::uint64_t number_ = 0;
};

}  // namespace detail

// What submit() promises. Can be sent; one of all who have it takes the result, for the others it
// is std::out_of_range. The manager keeps a result until it is taken or the pool is erased.
template <class T>
class managed_future : public detail::managed_task {
 public:
  using managed_task::managed_task;

  // Waits. Throws what the function did: its type if that is one of std's, otherwise remote_error.
  T get() const {
    auto result = take_until(deadline::never(), {});
    if constexpr (!std::is_void_v<T>) return detail::unpack<T>(std::move(*result));
  }

  // Empty, and false where there is no value to return: a stop was requested, or the time was up.
  template <class Rep, class Period>
  auto get_for(std::chrono::duration<Rep, Period> span, const std::stop_token& stop = {}) const {
    return get_until(deadline::in(span), stop);
  }
  auto get_until(deadline until, const std::stop_token& stop = {}) const {
    auto result = take_until(until, stop);
    if constexpr (std::is_void_v<T>) {
      return result.has_value();
    } else {
      return result ? std::optional<T>(detail::unpack<T>(std::move(*result))) : std::nullopt;
    }
  }
};

// Handle of a pool, see manager.h. The manager's process is one of the same program, otherwise
// submitting throws codec_error or std::invalid_argument. What runs
// there may use proxies, also of the same manager; each thread of the pool is a client then.
class managed_pool : public detail::proxy {
 public:
  using proxy::proxy;

  // Function(args...) on a thread of the pool. Arguments and result can be sent.
  template <auto Function, class... Args>
    requires std::constructible_from<typename detail::bound_call<Function>::arguments, Args...>
  [[nodiscard]] managed_future<detail::result_of_call<Function>> submit(Args&&... args) const {
    const typename detail::bound_call<Function>::arguments values(std::forward<Args>(args)...);
    const auto number =
        call<std::uint64_t>(detail::operation::append, detail::entry_of(detail::admitted<Function>),
                            detail::pack(values));
    return {*this, number};
  }

  template <auto Function, class... Args>
  auto apply(Args&&... args) const {
    return submit<Function>(std::forward<Args>(args)...).get();
  }

  // Function(item) of all the items of a range, at once; the results in their order.
  template <auto Function, class Range>
  [[nodiscard]] std::vector<detail::result_of_call<Function>> map(const Range& items) const {
    std::vector<managed_future<detail::result_of_call<Function>>> all;
    for (const auto& each : items) all.push_back(submit<Function>(each));
    std::vector<detail::result_of_call<Function>> results;
    for (const auto& each : all) results.push_back(each.get());
    return results;
  }

  [[nodiscard]] std::size_t size() const { return call<std::uint64_t>(detail::operation::size); }
};

}  // namespace par::inline PAR_ABI
