// What makes `range | chunk(3)` of a function that takes a range first.
#pragma once

#include <concepts>
#include <ranges>
#include <tuple>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI::detail {

// The arguments of Make()(range, arguments...) but for the range, which comes from the left of a |.
// C++20 has no way to make it composable with std's adaptors before there is a range.
template <std::default_initializable Make, class... Arguments>
class view_closure {
 public:
  explicit view_closure(Arguments... arguments) : arguments_(std::move(arguments)...) {}

  template <std::ranges::viewable_range Range>
  [[nodiscard]] friend auto operator|(Range&& range, const view_closure& closure) {
    return std::apply(
        [&](const auto&... each) { return Make()(std::forward<Range>(range), each...); },
        closure.arguments_);
  }
  template <std::ranges::viewable_range Range>
  [[nodiscard]] friend auto operator|(Range&& range, view_closure&& closure) {
    return std::apply(
        [&](auto&... each) { return Make()(std::forward<Range>(range), std::move(each)...); },
        closure.arguments_);
  }

 private:
  std::tuple<Arguments...> arguments_;
};

}  // namespace par::inline PAR_ABI::detail
