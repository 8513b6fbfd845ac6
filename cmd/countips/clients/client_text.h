// Clients as texts.
#pragma once

#include <string>

#include "countips/clients/client.h"
#include "countips/clients/client_rules.h"

namespace countips {

// The one canonical text: "192.0.2.1", "2001:db8::1" as RFC 5952 wants it and always in hexadecimal
// groups, or the name as it is.
[[nodiscard]] std::string client_text(const client& who);

// The same, of a client that is a network by these rules: "192.0.2.0/24".
[[nodiscard]] std::string client_text(const client& who, const client_rules& rules);

}  // namespace countips
