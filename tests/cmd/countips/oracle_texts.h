// How an oracle reads addresses and times.
#pragma once

#include <optional>
#include <string>

namespace countips {

// As inet_ntop writes it, without a zone, IPv4 if it is mapped; nullopt unless it is an address.
[[nodiscard]] std::optional<std::string> oracle_address(const std::string& text);

// The same of an address that may be in brackets or have a port.
[[nodiscard]] std::optional<std::string> oracle_address_named(const std::string& text);

// The first of a list of clients, of whom "-" is none: an address as above, or a name.
[[nodiscard]] std::optional<std::string> oracle_client(const std::string& text);

// The day of a time in any of the ways that logs write one; nullopt if there is no such time. Of
// seconds since 1970 it is that in UTC.
[[nodiscard]] std::optional<std::string> oracle_day(const std::string& text);

}  // namespace countips
