// What has been counted: for each group its requests and its clients.
#pragma once

#include <cstdint>
#include <map>

#include "countips/clients/client_counts.h"
#include "countips/clients/client_set.h"
#include "countips/tallies/group_key.h"

namespace countips {

struct group {
  std::uint64_t requests = 0;
  client_set clients;
  client_counts counts;  // Of these; only if the clients with the most requests are asked for.
};

// Not thread-safe: each worker counts into one of its own.
using tally = std::map<group_key, group>;

}  // namespace countips
