// Which texts are wanted, by what is found in them.
#pragma once

#include <string_view>
#include <vector>

#include "countips/records/regex_program.h"

namespace countips {

// A text is wanted if it holds a match of one of the wanted patterns, where there are any, and of
// none of the unwanted. A text that is absent matches nothing, not even ".*". Thread-safe once
// made.
struct text_choice {
  std::vector<regex_program> wanted = {};
  std::vector<regex_program> unwanted = {};

  [[nodiscard]] bool is_empty() const { return wanted.empty() && unwanted.empty(); }
  [[nodiscard]] bool admits(std::string_view text) const;
};

}  // namespace countips
