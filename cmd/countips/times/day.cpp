#include "countips/times/day.h"

#include <fmt/core.h>

namespace countips {

std::string day::text() const {
  return fmt::format("{:04}-{:02}-{:02}", number_ / 10000, number_ / 100 % 100, number_ % 100);
}

}  // namespace countips
