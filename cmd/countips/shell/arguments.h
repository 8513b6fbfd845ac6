// The values that options of countips take.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "countips/clients/client_rules.h"
#include "countips/times/time_zone.h"
#include "par/base/expected.h"

namespace countips {

// What the text stands for, or what is wrong with it, for people.
template <class T>
using argument = par::expected<T, std::string>;

// Which moment a text means where its end is left open: "2024-06" begins on the 1st, and ends
// before the 1st of July.
struct moment {
  local_time first;  // "2024-06-09 10:30" is 10:30:00,
  local_time next;   // and 10:31:00 is the first second that is not meant.
};

// "2024", "2024-06", "2024-06-09", "2024-06-09T10", "2024-06-09 10:30", "2024-06-09 10:30:59".
[[nodiscard]] argument<moment> parse_moment(std::string_view text);

// "log", "utc", "local", or the name of a zone. "local" is local_zone(here).
[[nodiscard]] argument<time_zone> parse_zone(std::string_view text,
                                             const std::optional<std::string>& here);

// "first", "last", a number that counts from the end, or "trusted=192.0.2.0/24,2001:db8::/32":
// which of a list of proxies is the client.
[[nodiscard]] argument<void> parse_client_choice(std::string_view text, client_rules& into);

// "24" or "24,64": how many bits of IPv4 and IPv6 addresses count.
[[nodiscard]] argument<void> parse_prefix(std::string_view text, client_rules& into);

}  // namespace countips
