// The time zone of whoever calls.
#pragma once

#include <optional>
#include <string>

#include "countips/shell/arguments.h"

namespace countips {

// As the variable TZ tells it in POSIX and in the GNU library, nullopt where it is not set: a name
// such as Europe/Berlin or a file of the system's time zone data, each with or without a colon in
// front, or "UTC0"; set but empty is UTC. A rule such as "CET-1CEST" is refused, as it leaves open
// how days of other years began.
[[nodiscard]] argument<time_zone> local_zone(const std::optional<std::string>& tz);

}  // namespace countips
