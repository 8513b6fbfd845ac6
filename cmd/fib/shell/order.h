// A command line of fib as a whole: what to print.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fib/indices/index_range.h"
#include "fib/numbers/computation.h"
#include "fib/shell/choices.h"
#include "fib/text/request.h"
#include "par/base/expected.h"

namespace fib {

struct order {
  request what;
  std::optional<index_range> numbers;  // None: they are read from standard input.
};

// Otherwise what is wrong with options and operands together. May have to compute where a range
// ends; throws stopped.
[[nodiscard]] par::expected<order, std::string> order_from(choices chosen,
                                                           const std::vector<std::string>& operands,
                                                           const computation& how = {});

// How far from zero indices may be for that.
[[nodiscard]] index farthest_for(const part& wanted);

}  // namespace fib
