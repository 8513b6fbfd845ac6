// A reference to something callable, for parameters that are called before the callee returns.
#pragma once

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

template <class Signature>
class function_ref;

// Never owns: the callable, an object or a pointer to a function, must outlive every call. Calling
// it is as thread-safe as the callable.
template <class R, class... Args>
class function_ref<R(Args...)> {
 public:
  template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, function_ref> &&
             std::is_object_v<std::remove_reference_t<F>> && std::is_invocable_r_v<R, F&, Args...>)
  function_ref(F&& f) noexcept  // Implicit, as a parameter type must be.
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(f)))),
        call_([](void* object, Args... args) -> R {
          return std::invoke(*static_cast<std::remove_reference_t<F>*>(object),
                             std::forward<Args>(args)...);
        }) {}

  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

}  // namespace par::inline PAR_ABI
