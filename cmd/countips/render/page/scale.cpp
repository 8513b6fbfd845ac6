#include "countips/render/page/scale.h"

#include <algorithm>

namespace countips {

std::vector<std::uint64_t> scale::ticks() const {
  std::vector<std::uint64_t> all;
  for (std::uint64_t tick = 0; tick <= top; tick += step) all.push_back(tick);
  return all;
}

scale scale::up_to(std::uint64_t most, unsigned intervals) {
  for (std::uint64_t power = 1;; power *= 10) {
    for (const std::uint64_t factor : {1U, 2U, 5U}) {
      const std::uint64_t step = factor * power;
      const std::uint64_t needed = std::max<std::uint64_t>((most + step - 1) / step, 1);
      if (needed <= intervals) return {.step = step, .top = needed * step};
    }
  }
}

}  // namespace countips
