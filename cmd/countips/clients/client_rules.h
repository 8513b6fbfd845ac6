// Which client a field of a log names.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "countips/clients/client.h"

namespace countips {

// An address and how many of its leading bits count.
struct network {
  client address;
  unsigned bits = 0;
};

struct client_rules {
  // Which of a list of proxies is the client. Lists grow at their end: the first is what the client
  // or the first proxy has claimed, the last is what the server has seen.
  enum class pick { first, last, nth, trusted };
  // To count a name as a client like any other, as one of another kind, or not at all.
  enum class host_names { count, separate, reject };

  pick which = pick::first;
  // From the end, for pick::nth: 1 is the last; of a shorter list the first is taken.
  std::size_t nth = 1;
  std::vector<network> trusted = {};  // For pick::trusted: the last that is none of these.
  host_names hosts = host_names::count;
  unsigned ipv4_bits = 32;  // How much of an address counts; the rest is taken for zero.
  unsigned ipv6_bits = 128;

  [[nodiscard]] bool keeps_addresses() const { return ipv4_bits == 32 && ipv6_bits == 128; }
};

// The address that the text is, in any spelling, also with a port or in brackets:
// "[2001:db8::1]:443", "192.0.2.1:5000". nullopt if it is none. Thread-safe.
[[nodiscard]] std::optional<client> address_named(std::string_view text);

// The client that the text of a field names: an address as address_named reads it, also in quotes,
// a host name, or a list of them with commas, of which what is empty or "-" is none. nullopt for an
// empty text, "-", and what can be neither. Thread-safe.
[[nodiscard]] std::optional<client> find_client(std::string_view field, const client_rules& rules);

// True if a field that a proxy fills in leaves the client to that of the peer: it is absent,
// "unknown" (RFC 7239), or names no client. False for a name that the rules reject. Thread-safe.
[[nodiscard]] bool names_nobody(std::string_view forwarded, const client_rules& rules);

// What counts of an address, by ipv4_bits and ipv6_bits; host names are as they were.
[[nodiscard]] client masked(const client& who, const client_rules& rules);

}  // namespace countips
