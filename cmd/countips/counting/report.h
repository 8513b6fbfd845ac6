// The answer: what a count has found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "countips/counting/input_format.h"
#include "countips/input/failure.h"
#include "countips/tallies/block_sink.h"
#include "countips/tallies/line_counts.h"
#include "countips/tallies/options.h"

namespace countips {

struct top_client {
  std::string client;  // As clients/client_text.h writes it.
  std::uint64_t requests = 0;

  friend bool operator==(const top_client&, const top_client&) = default;
};

struct report_row {
  std::string name;  // A day, 2024-01-02, or a file.
  std::uint64_t requests = 0;
  std::uint64_t clients = 0;  // Distinct.
  // Names among the clients, if these are counted separately; `clients` are addresses only then.
  std::optional<std::uint64_t> hosts = {};
  // If asked for, the clients with the most requests, and the one that has most is the first.
  std::optional<std::vector<top_client>> top = {};

  friend bool operator==(const report_row&, const report_row&) = default;
};

// An input of which some lines have no client or no valid time.
struct rejected_lines {
  std::string path;
  std::uint64_t count = 0;
  std::uint64_t first = 0;  // Line number, from 1.

  friend bool operator==(const rejected_lines&, const rejected_lines&) = default;
};

// What an input was.
struct input_summary {
  std::string path;
  line_counts lines;
  format_summary format;
  std::vector<rejected_line> rejects;  // The first, as many as were asked for.
};

struct report {
  grouping by = grouping::day;
  std::vector<report_row> rows;       // Days in their order, or files in the order given.
  std::optional<report_row> total;    // Distinct clients of all rows together, not their sum.
  std::vector<input_summary> inputs;  // In the order given.
  std::vector<rejected_lines> rejected;
  std::vector<input_failure> failures;
  bool has_hosts = false;  // All rows and the total have their `hosts`.
  bool has_top = false;    // All rows have their `top`.
  bool stopped = false;    // The count was cut short, and its numbers mean nothing.
};

}  // namespace countips
