// How far a command has got.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

// What is done and what there is to do, if that is known. Totals may still grow while `counting` is
// set: the bar then marks them so and names no percentage.
struct progress_sample {
  std::uint64_t items = 0;
  std::optional<std::uint64_t> items_total = {};
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> bytes_total = {};

  // Those of `bytes` that were really read and written, not skipped or shared: the rate goes by
  // them. Not set: all.
  std::optional<std::uint64_t> bytes_moved = {};

  bool counting = false;
  std::string current = {};  // What is being worked on: a path; elided in the middle to fit.
  std::string unit = "files";

  // How many bytes an item counts for beside its own: creating a file costs even if it is empty.
  // Percentage and time left go by the sum, so that they move evenly through one large file as well
  // as through many small ones.
  std::uint64_t item_cost = 0;
};

}  // namespace cli
