#include "countips/merge_tallies.h"

#include <cstddef>
#include <utility>

#include "par/pools/parallel_for.h"

namespace countips {

tally merge_tallies(std::vector<tally> parts, par::executor& on) {
  tally all;
  for (const tally& part : parts) {
    for (const auto& [key, its] : part) all[key];
  }
  std::vector<tally::value_type*> groups;
  for (tally::value_type& each : all) groups.push_back(&each);
  par::parallel_for(on, std::size_t{0}, groups.size(), [&](std::size_t i) {
    auto& [key, into] = *groups[i];
    for (tally& part : parts) {
      const auto found = part.find(key);
      if (found != part.end()) merge(into, std::move(found->second));
    }
  });
  return all;
}

group merge_groups(tally all) {
  group merged;
  for (auto& [key, its] : all) merge(merged, std::move(its));
  return merged;
}

}  // namespace countips
