// Who the part of a line before its time names, in the common log format.
#pragma once

#include <optional>
#include <string_view>

#include "countips/clients/client_rules.h"

namespace countips {

// The client that a line begins with; see clf.h. nullopt if there is none, or if an address needs
// ident and user behind it, as a host name does, and has not. Thread-safe.
[[nodiscard]] std::optional<client> client_in_head(std::string_view head, bool needs_more,
                                                   const client_rules& rules);

}  // namespace countips
