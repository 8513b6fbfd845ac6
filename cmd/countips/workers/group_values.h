// Tallies as values, to be sent to another process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "countips/tallies/host_table.h"
#include "countips/tallies/tally.h"

namespace countips {

// The clients of a group, kind by kind: IPv4 addresses, IPv6 addresses (two numbers each), names.
struct client_values {
  std::vector<std::uint32_t> v4;
  std::vector<std::uint64_t> v6;
  std::vector<std::string> names;
};

struct group_values {
  group_key key = 0;
  std::string host;  // Instead of the key where hosts are grouped by: numbers differ from table to
                     // table.
  std::uint64_t requests = 0;
  client_values clients;
  client_values counted;              // Those of which the requests are counted one by one,
  std::vector<std::uint64_t> counts;  // and how many each of them has, in the same order.
};

// The table is that of the tally's keys where these are hosts, and null otherwise.
[[nodiscard]] std::vector<group_values> values_of(const tally& counted, const host_table* hosts);
[[nodiscard]] tally tally_of(const std::vector<group_values>& values, host_table* hosts);

}  // namespace countips
