// What a generator yields to hand out the items of another, or of a range, as its own.
#pragma once

#include <utility>

#include "par/base/abi.h"

namespace par::inline PAR_ABI {

// co_yield elements_of(range): see generator.h. Refers to the range, which must live to the end of
// that expression.
template <class Range>
class elements_of {
 public:
  explicit elements_of(Range&& range) noexcept : range_(std::forward<Range>(range)) {}

  [[nodiscard]] Range&& get() const noexcept { return std::forward<Range>(range_); }

 private:
  Range&& range_;
};

template <class Range>
elements_of(Range&&) -> elements_of<Range>;

}  // namespace par::inline PAR_ABI
