#include "countips/tallies/record_filter.h"

#include <algorithm>

#include "countips/records/request_signs.h"
#include "countips/tallies/host_name.h"

namespace countips {

namespace {

bool is_midnight(const std::optional<local_time>& moment) {
  return !moment || moment->second == 0;
}

}  // namespace

bool record_filter::is_empty() const {
  return !since && !before && !statuses && methods.empty() && paths.is_empty() &&
         hosts.is_empty() && !asks_for_agents() && !only_signed;
}

void record_filter::add_wanted(const time_zone& zone, wanted_fields& to) const {
  const bool whole_days = zone.is_of_the_line() && is_midnight(since) && is_midnight(before);
  to.clock |= (since || before) && !whole_days;
  to.status |= statuses.has_value() || only_signed;
  to.request |= !methods.empty() || !paths.is_empty() || only_signed;
  to.agent |= asks_for_agents();
  to.host |= !hosts.is_empty();
}

bool record_filter::admits_agent(std::string_view agent) const {
  if (bots != bot_choice::include && is_bot(agent) != (bots == bot_choice::only)) return false;
  return agents.admits(agent);
}

bool record_filter::admits_request(const record& what) const {
  if (only_signed && !tells_of_request(what)) return false;
  if (statuses && !statuses->contains(what.status)) return false;
  if (!methods.empty() && std::ranges::find(methods, what.method) == methods.end()) return false;
  return (hosts.is_empty() || hosts.admits(canonical_host(what.host))) &&
         (paths.is_empty() || paths.admits(what.path));
}

}  // namespace countips
