// A function of several arguments as one of a tuple.
#pragma once

#include <tuple>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// Calls f with the elements of a tuple.
template <class F>
class spread {
 public:
  explicit spread(F f) : f_(std::move(f)) {}

  template <class Tuple>
  decltype(auto) operator()(Tuple&& items) {
    return std::apply(f_, std::forward<Tuple>(items));
  }

 private:
  F f_;
};

}  // namespace par::inline PAR_ABI::detail
