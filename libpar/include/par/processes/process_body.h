// What a process can run, and how it gets there.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "par/base/unique_function.h"
#include "par/processes/codec.h"
#include "par/processes/entry_point.h"
#include "par/processes/parcel.h"

namespace par::inline PAR_ABI {

// f() or f.run(). What returns int tells the exit status (its low byte).
template <class F>
concept process_body = std::invocable<F&> || requires(F& f) { f.run(); };

// One that another process can be sent: a captureless lambda, a pointer to a function, bound<&f>(),
// or any type that codec.h sends and that can be made by default.
template <class F>
concept sendable_body = process_body<F> && ((sendable<F> && std::default_initializable<F>) ||
                                            std::is_function_v<std::remove_pointer_t<F>>);

namespace detail {

template <class Result, class... Params>
std::tuple<std::remove_cvref_t<Params>...> parameters_of(Result (*)(Params...));

template <class Tuple>
inline constexpr bool all_sendable = false;
template <class... Ts>
inline constexpr bool all_sendable<std::tuple<Ts...>> = (sendable<Ts> && ...);

// What bound() makes.
template <auto Function>
struct bound_call {
  using arguments = decltype(parameters_of(Function));

  decltype(auto) operator()() { return std::apply(Function, std::move(args)); }

  template <class Archive>
  void serialize(Archive& archive)
    requires all_sendable<arguments>
  {
    archive(args);
  }

  arguments args = {};
};

// A pointer to a function as a body that can be sent.
template <class Result>
struct called_function {
  Result operator()() const { return function(); }

  void save(parcel_writer& to) const { to(entry_of(function)); }
  void load(parcel_reader& from) {
    entry_point entry;
    from(entry);
    function = function_at<Result()>(entry);
  }

  Result (*function)() = nullptr;
};

}  // namespace detail

// Function(args...), to be called once in another process. The arguments are kept as the function's
// parameters are, without references, and sent by value: handles as connections are among them.
//
//   par::process child(par::bound<&sort_file>("names.txt", std::move(end)));
template <auto Function, class... Args>
  requires std::constructible_from<typename detail::bound_call<Function>::arguments, Args...>
[[nodiscard]] detail::bound_call<Function> bound(Args&&... args) {
  return {.args = typename detail::bound_call<Function>::arguments(std::forward<Args>(args)...)};
}

namespace detail {

template <class F>
int run_body(F& f) {
  const auto call = [&]() -> decltype(auto) {
    if constexpr (std::invocable<F&>) {
      return f();
    } else {
      return f.run();
    }
  };
  if constexpr (std::same_as<decltype(call()), int>) {
    return call();
  } else {
    static_cast<void>(call());
    return 0;
  }
}

template <class F>
int run_packed(parcel& body) {
  F arrived = decode<F>(body);
  return run_body(arrived);
}

// A body as a process keeps it until it is started.
struct process_work {
  unique_function<int()> run = {};      // In a child that is forked.
  unique_function<parcel()> pack = {};  // For any other child, which calls run_packed.
  int (*run_packed)(parcel&) = nullptr;
};

template <process_body F>
process_work work_to_fork(F closure) {
  return {.run = [closure = std::move(closure)]() mutable { return run_body(closure); }};
}

template <process_body F>
process_work work_to_send(F body) {
  static_assert(sendable_body<F>,
                "this body cannot be sent to another process: give it a default constructor and "
                "template <class Archive> void serialize(Archive& archive), or use "
                "par::process::fork(), see par/processes/process_body.h");
  if constexpr (std::is_pointer_v<F>) {
    return work_to_send(called_function<decltype(body())>{body});
  } else if constexpr (sendable_body<F>) {
    const auto kept = std::make_shared<F>(std::move(body));
    return {.run = [kept] { return run_body(*kept); },
            .pack = [kept] { return encode(std::as_const(*kept)); },
            .run_packed = &run_packed<F>};
  } else {
    return {};
  }
}

}  // namespace detail
}  // namespace par::inline PAR_ABI
