// What stands around the numbers on output.
#pragma once

#include <string>

#include "fib/indices/index_range.h"

namespace fib {

// The output is `opening`, each number in its frame with `between` after all but the last, and
// `closing`; or `nothing`, if there are no numbers.
struct layout {
  bool indexed = false;           // A frame has the index: before_index, the index, before_number.
  std::string before_index = {};  // Only if indexed.
  std::string before_number = {};
  std::string after_number = {};
  std::string opening = {};
  std::string between = "\n";
  std::string closing = "\n";
  std::string nothing = {};

  // What stands before the number of an index.
  [[nodiscard]] std::string before(index at) const {
    return (indexed ? before_index + std::to_string(at) : std::string()) + before_number;
  }

  // Then blocks of numbers can follow each other as they are.
  [[nodiscard]] bool ends_each() const { return opening.empty() && between == closing; }
};

}  // namespace fib
