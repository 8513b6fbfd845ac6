// What there is to read: the operands, with directories replaced by their files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "countips/failure.h"
#include "countips/source.h"

namespace countips {

inline const std::string standard_input = "-";

struct input {
  std::string path;
  std::uint64_t size = 0;  // In bytes; 0 if that is not known beforehand.

  friend bool operator==(const input&, const input&) = default;
};

struct input_list {
  std::vector<input> inputs;
  std::vector<input_failure> failures;  // What could not be looked at.
};

// In the order of the operands; no operand stands for standard input. A directory stands for the
// regular files directly in it, sorted by name.
[[nodiscard]] input_list list_inputs(const std::vector<std::string>& operands, file_system& files);

}  // namespace countips
