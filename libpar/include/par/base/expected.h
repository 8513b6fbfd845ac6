// A value or the reason why there is none: std::expected of C++23, for C++20.
#pragma once

#include <tl/expected.hpp>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

template <class T, class E>
using expected = tl::expected<T, E>;

template <class E>
using unexpected = tl::unexpected<E>;

}  // namespace par::inline PAR_ABI
