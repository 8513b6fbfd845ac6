// A call of a function in another process of the same program: what it takes and gives, as bytes.
#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include "par/base/unique_function.h"
#include "par/processes/codec.h"

namespace par::inline PAR_ABI::detail {

// Decodes arguments, calls, and encodes what was returned.
using task_runner = void(parcel& arguments, parcel& result);

template <class Function>
struct signature;
template <class R, class... Parameters>
struct signature<R (*)(Parameters...)> {
  using result = std::decay_t<R>;
  using arguments = std::tuple<std::decay_t<Parameters>...>;
  static constexpr bool can_be_sent =
      (sendable<std::decay_t<Parameters>> && ...) && (std::is_void_v<R> || sendable<result>);
};
template <class R, class... Parameters>
struct signature<R (*)(Parameters...) noexcept> : signature<R (*)(Parameters...)> {};

template <auto Function>
using call_result = typename signature<decltype(Function)>::result;
template <auto Function>
using call_arguments = typename signature<decltype(Function)>::arguments;

template <auto Function>
constexpr void require_sendable() {
  static_assert(signature<decltype(Function)>::can_be_sent,
                "a parameter of this function, or what it returns, cannot be sent to another "
                "process: give the type template <class Archive> void serialize(Archive& archive), "
                "see par/processes/codec.h");
}

template <class T>
void append(parcel& into, const T& value) {
  parcel_writer archive(into);  // NOLINT(misc-const-correctness): writing changes it.
  archive(value);
}

// An argument of the parameter's type goes as it is, another one is converted.
template <class Parameter, class Argument>
void append_as(parcel& into, Argument&& argument) {
  if constexpr (std::same_as<std::remove_cvref_t<Argument>, Parameter>) {
    append(into, argument);
  } else {
    append(into, Parameter(std::forward<Argument>(argument)));
  }
}

template <auto Function, class... Args>
[[nodiscard]] parcel encode_arguments(Args&&... args) {
  require_sendable<Function>();
  static_assert(sizeof...(Args) == std::tuple_size_v<call_arguments<Function>>,
                "not as many arguments as the function takes");
  parcel into;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (append_as<std::tuple_element_t<I, call_arguments<Function>>>(into, std::forward<Args>(args)),
     ...);
  }(std::index_sequence_for<Args...>());
  return into;
}

template <class Arguments>
[[nodiscard]] Arguments decode_arguments(parcel& from) {
  if constexpr (std::tuple_size_v<Arguments> == 0) {
    if (!from.bytes.empty()) throw codec_error("codec: bytes are left over");
    return {};
  } else {
    return decode<Arguments>(from);
  }
}

template <auto Function>
void run_call(parcel& from, parcel& into) {
  auto arguments = decode_arguments<call_arguments<Function>>(from);
  if constexpr (std::is_void_v<call_result<Function>>) {
    std::apply(Function, std::move(arguments));
  } else {
    append(into, static_cast<call_result<Function>>(std::apply(Function, std::move(arguments))));
  }
}

// Anything that can be called, for a process that has it because it was forked.
using forked_closure = std::shared_ptr<unique_function<void(parcel& result)>>;

// A function with its arguments, to be called in another process; or a closure.
struct remote_call {
  task_runner* runner = nullptr;  // Null: nothing is called.
  parcel arguments = {};
  forked_closure closure = {};
};

template <class F>
[[nodiscard]] remote_call closure_call(F f) {
  using result = std::decay_t<std::invoke_result_t<F&>>;
  static_assert(std::is_void_v<result> || sendable<result>,
                "what this closure returns cannot be sent to another process, see "
                "par/processes/codec.h");
  return {.closure = std::make_shared<unique_function<void(parcel&)>>(
              [f = std::move(f)](parcel& into) mutable {
                if constexpr (std::is_void_v<result>) {
                  f();
                } else {
                  append(into, static_cast<result>(f()));
                }
              })};
}

}  // namespace par::inline PAR_ABI::detail
