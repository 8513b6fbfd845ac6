// Lines that are to be rejected.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "countips/records/record.h"

namespace countips {

class block_sink;

struct rejected_line {
  std::uint64_t number = 0;  // The first of the log, or of the block, is 1.
  reject_reason why = reject_reason::none;
  std::string text = {};
};

// Has another look at them.
class reject_handler {
 public:
  virtual ~reject_handler() = default;

  // True if it has told the sink what the line is.
  [[nodiscard]] virtual bool take(std::string_view line, block_sink& into) = 0;
};

}  // namespace countips
