// Options of copies that leave something out, for tests.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "copytree/model/options.h"
#include "copytree/selection/pattern_list.h"

namespace copytree {

// With the lines of a file of patterns; and with everything listed.
[[nodiscard]] inline options selecting(const std::string& lines, options how = {}) {
  pattern_list patterns;
  patterns.add_lines(lines);
  how.patterns = std::make_shared<const pattern_list>(std::move(patterns));
  how.list_entries = true;
  return how;
}

}  // namespace copytree
