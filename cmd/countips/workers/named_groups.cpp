#include "countips/workers/named_groups.h"

#include <utility>

namespace countips {

std::vector<named_group> name_groups(tally counted, const host_table* hosts) {
  std::vector<named_group> groups;
  groups.reserve(counted.size());
  for (auto& [key, its] : counted) {
    groups.push_back({key, hosts == nullptr ? std::string() : hosts->name_of(key), std::move(its)});
  }
  return groups;
}

tally tally_of(std::vector<named_group> groups, host_table* hosts) {
  tally made;
  for (named_group& each : groups) {
    made.emplace(hosts == nullptr ? each.key : hosts->number_of(each.host),
                 std::move(each.counted));
  }
  return made;
}

}  // namespace countips
