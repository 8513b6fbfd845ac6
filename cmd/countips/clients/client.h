// Who made a request: an address in its one canonical form, or a host name as it is written.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "countips/clients/address.h"

namespace countips {

// The name points into the text that it was read from.
using client = std::variant<ipv4_address, ipv6_address, std::string_view>;

// The client whose address the text is, whatever its spelling: ::ffff:1.2.3.4 is 1.2.3.4, and
// 2001:DB8:0::1%eth0 is 2001:db8::1. nullopt if the text is no address.
[[nodiscard]] std::optional<client> address_client(std::string_view text);

// True if the text can be the name of a host: it has a letter or digit, and none of the bytes that
// mark JSON, key=value pairs, ports or brackets instead.
[[nodiscard]] bool is_host_name(std::string_view text);

}  // namespace countips
