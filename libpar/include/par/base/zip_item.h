// An item of zip: a tuple of references that the concepts of C++20 take for one of values.
#pragma once

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// A std::tuple in all else. Before C++23, tuples of references and of values have no common
// reference (P2321), so that a range of the first with the second as its value type is no range.
template <class... References>
class zip_item : public std::tuple<References...> {
 public:
  using std::tuple<References...>::tuple;

  template <class... Values>
    requires(sizeof...(Values) == sizeof...(References) &&
             (std::convertible_to<Values&, References> && ...))
  zip_item(std::tuple<Values...>& values)  // Implicit, as P2321's.
      : zip_item(std::index_sequence_for<Values...>(), values) {}
  template <class... Values>
    requires(sizeof...(Values) == sizeof...(References) &&
             (std::convertible_to<const Values&, References> && ...))
  zip_item(const std::tuple<Values...>& values)
      : zip_item(std::index_sequence_for<Values...>(), values) {}

 private:
  template <std::size_t... I, class Tuple>
  zip_item(std::index_sequence<I...>, Tuple& values)
      : std::tuple<References...>(static_cast<References>(std::get<I>(values))...) {}
};

}  // namespace par::inline PAR_ABI

// What follows depends on a type of our own, as the standard asks for.
// NOLINTBEGIN(cert-dcl58-cpp)

template <class... References>
struct std::tuple_size<par::zip_item<References...>>
    : std::integral_constant<std::size_t, sizeof...(References)> {};

template <std::size_t I, class... References>
struct std::tuple_element<I, par::zip_item<References...>>
    : std::tuple_element<I, std::tuple<References...>> {};

template <class... References, class... Values, template <class> class Item,
          template <class> class Value>
  requires(sizeof...(References) == sizeof...(Values))
struct std::basic_common_reference<par::zip_item<References...>, std::tuple<Values...>, Item,
                                   Value> {
  using type = par::zip_item<std::common_reference_t<Item<References>, Value<Values>>...>;
};

template <class... References, class... Values, template <class> class Value,
          template <class> class Item>
  requires(sizeof...(References) == sizeof...(Values))
struct std::basic_common_reference<std::tuple<Values...>, par::zip_item<References...>, Value,
                                   Item> {
  using type = par::zip_item<std::common_reference_t<Item<References>, Value<Values>>...>;
};
// NOLINTEND(cert-dcl58-cpp)
