// What one process counts at a time, and what it finds: values that can be sent.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "countips/counting/input_counter.h"
#include "countips/workers/named_groups.h"
#include "countips/workers/shared_pieces.h"

namespace countips {

struct part {
  std::string path;
  group_key file = 0;         // The key of its group when files are grouped by.
  std::size_t taker = 0;      // Which of those that count the input together.
  shared_pieces pieces = {};  // None: it counts the input alone.
};

struct part_count {
  taker_result result;
  std::vector<named_group> groups;
};

}  // namespace countips
