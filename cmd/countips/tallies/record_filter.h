// Which requests the user asks for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "countips/records/record.h"
#include "countips/records/status_set.h"
#include "countips/tallies/bots.h"
#include "countips/tallies/text_choice.h"
#include "countips/times/time_zone.h"

namespace countips {

// What is not given admits every request. A request without a status, method, path, agent or host
// is none of those that are asked for by it.
struct record_filter {
  std::optional<local_time> since = {};  // The first moment, in the zone in which days are counted,
  std::optional<local_time> before = {};  // and the first that is too late.
  std::optional<status_set> statuses = {};
  std::vector<std::string> methods = {};  // One of these.
  text_choice paths = {};
  text_choice agents = {};
  text_choice hosts = {};  // Of their canonical names.
  bot_choice bots = bot_choice::include;
  bool only_signed = false;  // What tells of a request: see request_signs.h.

  [[nodiscard]] bool is_empty() const;

  // What it has to look at, where times are converted to `zone`.
  void add_wanted(const time_zone& zone, wanted_fields& to) const;

  // `when` is the time of the request in that zone.
  [[nodiscard]] bool admits_time(const local_time& when) const {
    return (!since || when >= *since) && (!before || when < *before);
  }

  [[nodiscard]] bool asks_for_agents() const {
    return !agents.is_empty() || bots != bot_choice::include;
  }
  [[nodiscard]] bool admits_agent(std::string_view agent) const;

  // All but the time and the agent.
  [[nodiscard]] bool admits_request(const record& what) const;
};

}  // namespace countips
