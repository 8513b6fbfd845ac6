// Applies a filter to requests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "countips/clients/address_run.h"
#include "countips/tallies/record_filter.h"

namespace countips {

// For one request after the other: remembers what was found of the last agents, as a log holds few
// and each costs a search for patterns. Not thread-safe; the filter must outlive it.
class record_judge {
 public:
  // Null admits everything.
  explicit record_judge(const record_filter* filter) : filter_(filter) {}

  // `when` is the time of the request in the zone in which days are counted.
  [[nodiscard]] bool admits(const record& what, const local_time& when) {
    if (filter_ == nullptr) return true;
    return filter_->admits_time(when) && filter_->admits_request(what) &&
           (!filter_->asks_for_agents() || admits_agent(what.agent));
  }

  // The same in parts, for requests that are asked for by nothing else.
  [[nodiscard]] bool admits_time(const local_time& when) const {
    return filter_ == nullptr || filter_->admits_time(when);
  }
  void keep_admitted(address_run& requests) const {
    if (filter_ == nullptr || !filter_->statuses) return;
    const status_set& statuses = *filter_->statuses;
    requests.keep_if([&](std::uint16_t status) { return statuses.contains(status); });
  }

 private:
  struct verdict {
    std::string agent;
    bool admitted = false;
    bool is_known = false;
  };

  [[nodiscard]] bool admits_agent(std::string_view agent);

  const record_filter* const filter_;
  std::vector<verdict> known_;  // Each agent has one place, by its hash, until another takes it.
};

}  // namespace countips
