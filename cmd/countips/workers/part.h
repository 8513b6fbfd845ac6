// What one process counts at a time, and what it finds: values that can be sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "countips/counting/input_counter.h"
#include "countips/workers/group_values.h"

namespace countips {

struct part {
  std::string path;
  group_key file = 0;  // The key of its group when files are grouped by.
  std::uint64_t begin = 0;
  std::uint64_t end = to_the_end;
};

struct part_count {
  input_result result;
  std::vector<group_values> groups;
};

}  // namespace countips
