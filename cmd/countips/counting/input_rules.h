// How inputs are read, whatever is counted in them.
#pragma once

#include <cstddef>
#include <string>

#include "countips/formats/log_format.h"
#include "countips/tallies/block_sink.h"

namespace countips {

// Is told of every line that is rejected, in their order.
class reject_observer {
 public:
  virtual ~reject_observer() = default;
  virtual void rejected(const std::string& path, const rejected_line& line) = 0;
};

struct input_rules {
  // To choose from: the one that an input is in, and that its other lines may be in. One alone is
  // taken whatever the input looks like. Empty: all that are known.
  format_list formats = {};

  std::size_t first_rejects = 0;        // How many rejected lines of each input are reported.
  reject_observer* observer = nullptr;  // With one, inputs are counted one after the other.
};

// How many rejected lines of a block are to be kept.
[[nodiscard]] inline std::size_t most_rejects(const input_rules& rules) {
  return rules.observer == nullptr ? rules.first_rejects : static_cast<std::size_t>(-1);
}

}  // namespace countips
