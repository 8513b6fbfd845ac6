// What a user can ask the count for.
#pragma once

#include <cstddef>

namespace countips {

enum class grouping { day, file };

struct count_options {
  grouping by = grouping::day;
  bool with_total = false;  // The clients of all groups together cost a pass over all of them.

  // How many bytes one task parses: small enough to stay in a core's second-level cache, large
  // enough that handing it out costs nothing. At least 1.
  std::size_t block_size = std::size_t{256} << 10;

  // How much of a line is looked at; what follows is skipped. Client and time stand in front, so
  // this only bounds the memory that a file without line ends can take. At least 1.
  std::size_t longest_line = std::size_t{1} << 20;
};

}  // namespace countips
