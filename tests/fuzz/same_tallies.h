// Whether two ways of counting agree.
#pragma once

#include <algorithm>

#include "countips/tallies/tally.h"

inline bool same_tallies(const countips::tally& a, const countips::tally& b) {
  return std::ranges::equal(a, b, [](const auto& left, const auto& right) {
    return left.first == right.first && left.second.requests == right.second.requests &&
           left.second.clients.size() == right.second.clients.size();
  });
}
