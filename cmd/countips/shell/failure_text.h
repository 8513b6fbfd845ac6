// What is said about an input with which something went wrong.
#pragma once

#include <string>

#include "countips/counting/report.h"
#include "countips/input/failure.h"

namespace countips {

// An input by its name, quoted and safe to show.
[[nodiscard]] std::string shown_input(const std::string& path);

// "cannot open 'a/b': Permission denied"
[[nodiscard]] std::string failure_text(const input_failure& failed);

// "'a/b': 2 rejected lines, first at line 7"
[[nodiscard]] std::string rejected_text(const rejected_lines& lines);

}  // namespace countips
