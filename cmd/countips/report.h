// The answer: what a count has found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "countips/failure.h"
#include "countips/options.h"

namespace countips {

struct report_row {
  std::string name;  // A day, 2024-01-02, or a file.
  std::uint64_t requests = 0;
  std::uint64_t clients = 0;  // Distinct.

  friend bool operator==(const report_row&, const report_row&) = default;
};

// An input of which some lines have no client or no valid time.
struct malformed_lines {
  std::string path;
  std::uint64_t count = 0;
  std::uint64_t first = 0;  // Line number, from 1.

  friend bool operator==(const malformed_lines&, const malformed_lines&) = default;
};

struct report {
  grouping by = grouping::day;
  std::vector<report_row> rows;     // Days in their order, or files in the order given.
  std::optional<report_row> total;  // Distinct clients of all rows together, not their sum.
  std::vector<malformed_lines> malformed;
  std::vector<input_failure> failures;
  bool stopped = false;  // The count was cut short, and its numbers mean nothing.
};

}  // namespace countips
