// Tallies as another process can take them over.
#pragma once

#include <string>
#include <vector>

#include "countips/tallies/host_table.h"
#include "countips/tallies/tally.h"

namespace countips {

struct named_group {
  group_key key = 0;
  std::string host;  // Instead of the key where hosts are grouped by: numbers differ from table to
                     // table.
  group counted;
};

// The table is that of the tally's keys where these are hosts, and null otherwise.
[[nodiscard]] std::vector<named_group> name_groups(tally counted, const host_table* hosts);
[[nodiscard]] tally tally_of(std::vector<named_group> groups, host_table* hosts);

}  // namespace countips
