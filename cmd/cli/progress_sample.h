// How far a command has got.
#pragma once

#include <cstdint>
#include <string>

namespace cli {

// What is done and what there is to do; a total of 0 is not known. Totals may still grow while
// `counting` is set: the bar then marks them so and names no percentage.
struct progress_sample {
  std::uint64_t items = 0;
  std::uint64_t items_total = 0;
  std::uint64_t bytes = 0;
  std::uint64_t bytes_total = 0;
  bool counting = false;
  std::string current = {};  // What is being worked on: a path; elided in the middle to fit.
  std::string unit = "files";

  // How many bytes' worth of work an item is beside its bytes: creating a file costs even if it is
  // empty. Percentage and time left go by the sum.
  std::uint64_t item_cost = 0;
};

}  // namespace cli
