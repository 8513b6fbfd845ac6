// What has been counted: for each group its requests and its clients.
#pragma once

#include <cstdint>
#include <map>

#include "countips/client_set.h"

namespace countips {

// What requests are grouped by: the number of a day (20240102), or the place of a file in the list
// of inputs. Groups are reported in the order of their keys.
using group_key = std::uint32_t;

struct group {
  std::uint64_t requests = 0;
  client_set clients;
};

// Not thread-safe: each worker counts into one of its own.
using tally = std::map<group_key, group>;

// Adds up the second into the first, which becomes the union.
void merge(group& into, group&& from);

}  // namespace countips
