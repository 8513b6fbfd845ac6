// The counters of copies that are complete, as numbers that can be sent and added up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "copytree/model/counters.h"

namespace copytree {

// All but bytes_moved, which are seen as they move.
inline constexpr counter copied_counters::* summed_counters[] = {
    &copied_counters::files,      &copied_counters::directories, &copied_counters::symlinks,
    &copied_counters::hard_links, &copied_counters::specials,    &copied_counters::unchanged,
    &copied_counters::verified,   &copied_counters::bytes,       &copied_counters::removed,
    &copied_counters::errors};

[[nodiscard]] inline std::vector<std::uint64_t> copied_numbers(const copied_counters& counts) {
  std::vector<std::uint64_t> numbers;
  for (const auto each : summed_counters) numbers.push_back(counts.*each);
  return numbers;
}

inline void add(copied_counters& to, const std::vector<std::uint64_t>& numbers) {
  std::size_t next = 0;
  for (const auto each : summed_counters) add(to.*each, numbers.at(next++));
}

}  // namespace copytree
